package io.github.sparkncbigene.join;

import java.util.Set;
import org.apache.spark.sql.catalyst.plans.JoinType;

/** What may be left out of a join's sides, by its type. */
final class JoinSides {
    private static final Set<String> MATCHED_LEFT = Set.of("Inner", "Cross", "LeftSemi", "RightOuter");
    private static final Set<String> MATCHED_RIGHT =
            Set.of("Inner", "Cross", "LeftSemi", "LeftOuter", "LeftAnti", "ExistenceJoin");
    private static final Set<String> KEPT_LEFT =
            Set.of("Inner", "Cross", "LeftSemi", "LeftOuter", "LeftAnti", "ExistenceJoin");
    private static final Set<String> KEPT_RIGHT = Set.of("Inner", "Cross", "RightOuter");

    private JoinSides() {}

    /** Whether rows of the left side that match none of the right leave no trace in the result. */
    static boolean onlyMatchesOfLeft(JoinType type) {
        return MATCHED_LEFT.contains(name(type));
    }

    /** Whether rows of the right side that match none of the left leave no trace in the result. */
    static boolean onlyMatchesOfRight(JoinType type) {
        return MATCHED_RIGHT.contains(name(type));
    }

    /** Whether leaving a row out of the left side leaves out just what became of it. */
    static boolean keepsLeft(JoinType type) {
        return KEPT_LEFT.contains(name(type));
    }

    /** Whether leaving a row out of the right side leaves out just what became of it. */
    static boolean keepsRight(JoinType type) {
        return KEPT_RIGHT.contains(name(type));
    }

    private static String name(JoinType type) {
        // Types without members are objects, whose classes end in a dollar sign.
        return type.getClass().getSimpleName().replace("$", "");
    }
}

package io.github.sparkncbigene.optimizer;

import java.util.Set;
import org.apache.spark.sql.catalyst.plans.JoinType;

/** The rows of a join's sides that can be omitted, by the type of join. */
final class JoinSides {
    private static final Set<String> MATCHED_LEFT = Set.of("Inner", "Cross", "LeftSemi", "RightOuter");
    private static final Set<String> MATCHED_RIGHT =
            Set.of("Inner", "Cross", "LeftSemi", "LeftOuter", "LeftAnti", "ExistenceJoin");
    private static final Set<String> KEPT_LEFT =
            Set.of("Inner", "Cross", "LeftSemi", "LeftOuter", "LeftAnti", "ExistenceJoin");
    private static final Set<String> KEPT_RIGHT = Set.of("Inner", "Cross", "RightOuter");

    private JoinSides() {}

    /** Returns true if rows of the left side without a match do not affect the result. */
    static boolean onlyMatchesOfLeft(JoinType type) {
        return MATCHED_LEFT.contains(name(type));
    }

    /** Returns true if rows of the right side without a match do not affect the result. */
    static boolean onlyMatchesOfRight(JoinType type) {
        return MATCHED_RIGHT.contains(name(type));
    }

    /** Returns true if leaving out a row of the left side removes only the rows made from it. */
    static boolean keepsLeft(JoinType type) {
        return KEPT_LEFT.contains(name(type));
    }

    /** Returns true if leaving out a row of the right side removes only the rows made from it. */
    static boolean keepsRight(JoinType type) {
        return KEPT_RIGHT.contains(name(type));
    }

    private static String name(JoinType type) {
        // Types without members are Scala objects, whose class names end in a dollar sign.
        return type.getClass().getSimpleName().replace("$", "");
    }
}

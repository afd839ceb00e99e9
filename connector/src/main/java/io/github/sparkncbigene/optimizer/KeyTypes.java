package io.github.sparkncbigene.optimizer;

import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/** Distinguishes types of keys that share a class in Spark. */
public final class KeyTypes {
    /** From this value on, several whole numbers are the same FLOAT. */
    public static final long FLOAT_LIMIT = 1L << 24;

    private static final String COLLATED = "string collate ";

    private KeyTypes() {}

    /** Returns true for text that equals only itself, and has no fixed length. */
    static boolean isPlainText(DataType type) {
        return type instanceof StringType && type.typeName().equals("string");
    }

    /**
     * Returns the collation of a text type, if it has one. Spark 3.5 has no collations; later versions show the
     * collation in the type's name.
     *
     * @param type type of a key
     * @return the collation's name
     */
    public static Optional<String> collation(DataType type) {
        return Optional.of(type)
                .filter(StringType.class::isInstance)
                .map(DataType::typeName)
                .filter(name -> name.startsWith(COLLATED))
                .map(name -> name.substring(COLLATED.length()));
    }
}

package io.github.sparkncbigene.report;

/**
 * The registry's entry for a member of NCBI's report.
 *
 * @param mnemonic NCBI's name for the member as a table field; null for none
 * @param header NCBI's label for the member in a tabular report; null for none
 * @param column the top-level column that the member becomes; null for members inside a column
 * @param comment description: shape, unit and meaning
 */
record FieldEntry(FieldType type, String mnemonic, String header, String column, String comment) {
    /** The entry of the report itself. */
    static final FieldEntry ROOT = new FieldEntry(FieldType.GROUP, null, null, null, "");

    /** Reads an entry from the cells of its line, after the path. */
    static FieldEntry of(String[] cells) {
        return new FieldEntry(
                FieldType.parse(cells[1]), orNull(cells[2]), orNull(cells[3]), orNull(cells[4]), cells[5]);
    }

    private static String orNull(String cell) {
        return cell.equals("-") ? null : cell;
    }
}

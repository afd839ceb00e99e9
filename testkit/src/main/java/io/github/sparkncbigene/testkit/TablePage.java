package io.github.sparkncbigene.testkit;

import io.github.sparkncbigene.testkit.Behaviour.CellBreaks;
import io.github.sparkncbigene.testkit.Behaviour.EmptyTable;
import io.github.sparkncbigene.testkit.Behaviour.HeaderBlanks;
import io.github.sparkncbigene.testkit.Behaviour.HeaderLabels;
import io.github.sparkncbigene.testkit.Behaviour.HeaderPages;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A page as a table of tab-separated values. */
final class TablePage implements Body {
    // NCBI's own description of the columns contains these blanks, and users see them.
    private static final Set<String> ENDS_IN_BLANK =
            Set.of("Annotation Genomic Range Accession", "Transcript Genomic Accession");

    private final Page page;
    private final Behaviour behaviour;
    private final List<TableField> columns;
    private final Flattener flattener;
    private final Iterator<Hit> hits;
    private final Writer out;
    private boolean headerDue;

    private TablePage(Page page, List<TableField> columns, Behaviour behaviour, OutputStream stream) {
        this.page = page;
        this.behaviour = behaviour;
        this.columns = columns;
        this.flattener = new Flattener(columns);
        this.hits = page.hits().iterator();
        this.out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        this.headerDue = hasHeader() && (hits.hasNext() || behaviour.emptyTable == EmptyTable.HEADER_ONLY);
    }

    static Body.Source of(Page page, List<TableField> columns, Behaviour behaviour) {
        return stream -> new TablePage(page, columns, behaviour, stream);
    }

    @Override
    public boolean writeNext() throws IOException {
        if (headerDue) {
            headerDue = false;
            line(columns.stream().map(this::label).toArray(String[]::new));
        } else if (hits.hasNext()) {
            flattener.rows(page.descriptor(hits.next()), cells -> line(broken(cells)));
        }
        return hits.hasNext();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private boolean hasHeader() {
        return page.request().hasHeader()
                || (behaviour.headerPages == HeaderPages.EVERY_PAGE
                        && page.request().header() != GeneRequest.Header.INCLUDE_TABULAR_HEADER_NEVER);
    }

    private String label(TableField column) {
        if (behaviour.headerLabels == HeaderLabels.OTHER) {
            return column.mnemonic().replace('-', '_').toUpperCase(Locale.ROOT);
        }
        boolean blank = behaviour.headerBlanks == HeaderBlanks.AS_DESCRIBED && ENDS_IN_BLANK.contains(column.header());
        return blank ? column.header() + ' ' : column.header();
    }

    private String[] broken(String[] cells) {
        if (behaviour.cellBreaks == CellBreaks.NONE) {
            return cells;
        }
        String with = behaviour.cellBreaks == CellBreaks.TAB ? "\t" : "\n";
        return Arrays.stream(cells).map(cell -> cell.replaceFirst(" ", with)).toArray(String[]::new);
    }

    // As in NCBI's tables, nothing is quoted or escaped.
    private void line(String[] cells) {
        try {
            for (int c = 0; c < cells.length; c++) {
                if (c > 0) {
                    out.write('\t');
                }
                out.write(cells[c]);
            }
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

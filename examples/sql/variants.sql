-- Adds genes to a table of variants, with SQL alone. ${data} is the directory of the table.
CREATE OR REPLACE TEMPORARY VIEW variants
USING csv OPTIONS (path '${data}/variants.csv', header true);

-- No list is needed: the join fetches the accessions of the variants, each once.
-- Cached, because each query would fetch them again.
CACHE TABLE enriched AS
SELECT v.hgvs, v.protein, g.symbol, g.gene_id, g.gene_type, g.chromosomes[0] AS chromosome, g.warnings[0].code AS warning
FROM variants v LEFT JOIN ncbi.gene g ON v.accession = g.accession;

SELECT hgvs, protein, symbol, gene_id, warning FROM enriched ORDER BY hgvs;

SELECT chromosome, count(*) AS variants, array_join(sort_array(collect_set(symbol)), ', ') AS genes
FROM enriched WHERE symbol IS NOT NULL
GROUP BY chromosome ORDER BY CAST(chromosome AS INT);

# Databricks notebook source
# MAGIC %md
# MAGIC # NCBI's genes beside your accessions
# MAGIC
# MAGIC From a list of RefSeq accessions to a Delta table of genes.
# MAGIC
# MAGIC * **Compute**: dedicated access mode, Databricks Runtime 15.4 LTS or later on Java 17. Standard access mode and serverless compute do not run JVM data sources.
# MAGIC * **Library**: install `spark-ncbi-gene-<version>.jar` on the compute, from a volume or the workspace.
# MAGIC * **API key**: optional; with one, NCBI allows 10 requests in a second instead of 5. Keep it in a secret scope: `databricks secrets create-scope ncbi` and `databricks secrets put-secret ncbi api-key`.

# COMMAND ----------

dbutils.widgets.text("table", "main.default.genes", "Delta table to write")
dbutils.widgets.text("secret_scope", "", "Secret scope of the API key; empty for none")

# COMMAND ----------

scope = dbutils.widgets.get("secret_scope")
reader = spark.read.format("ncbi-gene")
if scope:
    # As an option of this reader, not in the configuration, which Spark's UI shows.
    reader = reader.option("api_key", dbutils.secrets.get(scope=scope, key="api-key"))

# COMMAND ----------

# MAGIC %md
# MAGIC Versions are optional, transcripts and proteins can be mixed. `NM_000000000.1` does not exist: it has a row too, whose `warnings` say why it is empty.
# MAGIC
# MAGIC For a long list, put a file with an accession a line on a volume, and use `.load("/Volumes/…/accessions.txt")`.

# COMMAND ----------

accessions = "NM_000546.6, NM_007294.4, NM_004333.6, NM_003002.4, NM_021803.4, NP_068575.1, NM_000000000.1"

genes = reader.option("accessions", accessions).load()
display(genes.select("accession", "symbol", "gene_id", "gene_type", "chromosomes", "warnings"))

# COMMAND ----------

# MAGIC %md
# MAGIC Each query asks NCBI again, so keep what was fetched in a Delta table.

# COMMAND ----------

table = dbutils.widgets.get("table")
genes.write.format("delta").mode("overwrite").option("overwriteSchema", "true").saveAsTable(table)

# COMMAND ----------

display(spark.table(table).groupBy("gene_type").count().orderBy("gene_type"))

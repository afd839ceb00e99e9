# Databricks notebook source
# MAGIC %md
# MAGIC # NCBI's genes beside your accessions
# MAGIC
# MAGIC From a list of RefSeq accessions to a Delta table of genes.
# MAGIC
# MAGIC * **Compute**: dedicated access mode, Databricks Runtime 16.4 LTS or later. For standard access mode and serverless compute there is [another notebook](serverless.py).
# MAGIC * **Library**: the wheel `spark_ncbi_gene`, which holds the jar. Put it on a volume, and name its path below.
# MAGIC * **API key**: optional. With one, NCBI allows 10 requests in a second instead of 5. Keep it in a secret scope: `databricks secrets create-scope ncbi` and `databricks secrets put-secret ncbi api-key`.

# COMMAND ----------

# MAGIC %pip install /Volumes/main/default/libraries/spark_ncbi_gene-0.1.0-py3-none-any.whl

# COMMAND ----------

from spark_ncbi_gene import enable, genes, not_found

enable(spark)

# COMMAND ----------

dbutils.widgets.text("table", "main.default.genes", "Delta table to write")
dbutils.widgets.text("secret_scope", "", "Secret scope of the API key; empty for none")

# COMMAND ----------

scope = dbutils.widgets.get("secret_scope")
# As an option of the read, not in the configuration, which Spark's UI shows.
options = {"api_token": dbutils.secrets.get(scope=scope, key="api-key")} if scope else {}

# COMMAND ----------

# MAGIC %md
# MAGIC Versions are optional, transcripts and proteins can be mixed. `NM_000000000.1` does not exist: it has a row too, whose `warnings` say why it is empty.
# MAGIC
# MAGIC For a long list, put a file with an accession a line on a volume, and give its path: `genes(spark, "/Volumes/…/accessions.txt")`.

# COMMAND ----------

accessions = "NM_000546.6, NM_007294.4, NM_004333.6, NM_003002.4, NM_021803.4, NP_068575.1, NM_000000000.1"

found = genes(spark, accessions, **options)
display(found.select("accession", "symbol", "gene_id", "gene_type", "chromosomes", "warnings"))

# COMMAND ----------

# MAGIC %md
# MAGIC Each query sends requests again, so keep what was fetched in a Delta table.

# COMMAND ----------

table = dbutils.widgets.get("table")
found.write.format("delta").mode("overwrite").option("overwriteSchema", "true").saveAsTable(table)

# COMMAND ----------

display(spark.table(table).groupBy("gene_type").count().orderBy("gene_type"))

# COMMAND ----------

display(not_found(spark.table(table)))

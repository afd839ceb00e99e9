# The developer's interface. Everything else is called from here.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

MVN ?= mvn
MVN_FLAGS ?= --batch-mode -Dstyle.color=never
export MVN MVN_FLAGS
# What make release builds, and the key of gpg that signs it; without one it is signed with a key that is thrown away.
VERSION ?= 0.1.0
KEY ?=
# Passed to the demo, such as ARGS="--accessions NM_000546.6".
ARGS ?=
# Which Sparks of src/test/sparks.tsv to try, by name; all if empty.
SPARKS ?=
# Where the jar is put by make repository.
REPOSITORY ?= target/repository
# Which job the demo runs: a class of examples/.
EXAMPLE ?= EnrichVariants

# Of this the notebooks' virtual environment is made.
PYTHON ?= python3

JAVAC := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/javac,javac)
# Which packages of the connector make mutation changes.
MUTATE ?= plan identifier decode layout table service http join optimizer
# The packages whose unit tests have to notice the changes, all if none is given; fewer take less time.
MUTATE_BY ?=
# How long all targets of the fuzzer run together.
FUZZ_SECONDS ?= 600

DEMO := examples/target/class-path
# Those with Iceberg are a module of their own, on another Spark, which is fetched only for them.
ICEBERG := examples/iceberg/target/class-path
DEMO_MODULE := $(if $(wildcard examples/iceberg/src/main/java/io/github/sparkncbigene/examples/$(EXAMPLE).java),$(ICEBERG),$(DEMO))
BENCHMARKS := benchmarks/target/class-path
BENCH_PYTHON := benchmarks/target/venv/bin/python
DEMO_SOURCES := $(shell find pom.xml connector testkit examples \( -name target -o -path '*/src/test*' -o -path examples/iceberg \) -prune \
  -o -type f ! -name dependency-reduced-pom.xml -print)

.PHONY: help demo live-check test wheel test-python matrix acceptance repository identical reproducible dist soak jar fuzz docs screenshots doors format lint bench bench-decode clean tools

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(DEMO_MODULE) ## Run an example, such as EXAMPLE=EnrichVcf; ARGS="--help" shows its options
	@EXAMPLE=$(EXAMPLE) examples/run.sh $(ARGS)

.PHONY: notebooks
notebooks: $(DEMO) wheel notebooks/.venv/installed ## Execute the notebooks; ARGS="--check" compares their outputs, "--update" writes them
	@notebooks/.venv/bin/pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall python/dist/*.whl
	@notebooks/.venv/bin/python notebooks/run.py $(ARGS)

test: | tools ## Build, and run all tests on the default Spark
	$(MVN) $(MVN_FLAGS) verify
	@src/test/skipped.sh

wheel: jar python/.venv/installed ## Build the Python packages, with the jars inside, into python/dist
	@$(MVN) $(MVN_FLAGS) --quiet --projects testkit -Dmaven.test.skip=true package >&2
	@python/build.sh

test-python: wheel ## Check the Python packages, and test them with PySpark, those that take long if WHOLE=1; SPARKS="3.5-2.12" for another one
	@python/test.sh $(SPARKS)

soak: | tools ## Run the tests that take long and want a machine of their own
	$(MVN) $(MVN_FLAGS) --projects testkit,connector,src/test -Dtest='io.github.sparkncbigene.acceptance.*Test' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dtest.groups=soak -Dtest.excluded.groups= verify

.PHONY: mutation
mutation: | tools ## Change the code of plan, decode, service, join and more, and see which changes no unit test notices
	$(MVN) $(MVN_FLAGS) --quiet --projects testkit -Dmaven.test.skip=true package
	$(MVN) $(MVN_FLAGS) -Pmutation -DtargetClasses="$$(printf 'io.github.sparkncbigene.%s.*,' $(MUTATE))" \
	  -DtargetTests="$(if $(MUTATE_BY),$$(printf 'io.github.sparkncbigene.%s.*,' $(MUTATE_BY)),io.github.sparkncbigene.*)" \
	  --projects testkit,connector package

jar: | tools ## Build the connector's jar
	@$(MVN) $(MVN_FLAGS) --quiet --projects connector --also-make -Dmaven.test.skip=true package >&2
	@ls connector/target/spark-ncbi-gene-[0-9]*.jar

repository: jar ## Put the jar into a Maven repository, for Spark's --packages: the directory REPOSITORY=target/repository
	@$(MVN) $(MVN_FLAGS) --quiet --non-recursive deploy:deploy-file -Dfile="$$(ls connector/target/spark-ncbi-gene-[0-9]*.jar | grep -v -e sources -e javadoc)" \
	  -DpomFile=connector/target/published-pom.xml -DrepositoryId=directory -Durl='file://$(abspath $(REPOSITORY))' >&2

matrix: acceptance ## Run the acceptance tests on all the Sparks of src/test/sparks.tsv, with all their cases if WHOLE=1; make test-4.1, say, for one
	@src/test/matrix.sh $(SPARKS)

test-%: acceptance
	@src/test/matrix.sh $*

acceptance: | tools
	@$(MVN) $(MVN_FLAGS) --quiet --projects src/test --also-make -DskipTests package >&2

identical: | tools ## Compile the connector against all these Sparks, and compare the class files
	@$(MVN) $(MVN_FLAGS) --quiet --projects connector --also-make -Dmaven.test.skip=true package >&2
	@src/test/identical.sh

reproducible: jar ## Build the jar twice, and compare the two
	@src/test/reproducible.sh

doors: $(DEMO) repository ## Run the jar on PySpark's packages by every door: spark-submit, -shell, -sql, Python, Connect, a cluster; SPARKS="4.2" for some
	@src/test/doors/doors.sh $(SPARKS)

dist: | tools ## Build the jar with what is published beside it: sources, javadoc, a list of what is inside
	@$(MVN) $(MVN_FLAGS) --quiet -Pdist --projects connector --also-make -Dmaven.test.skip=true package >&2
	@ls connector/target/spark-ncbi-gene-[0-9]*

.PHONY: release
release: | tools ## Build and check what Maven Central takes, from the last commit: VERSION=0.1.0, and KEY= of gpg to publish it
	@src/release/bundle.sh $(VERSION) $(KEY)

.PHONY: try-release
try-release: release wheel ## Install the release and the wheels into empty environments, and run README's example there
	@src/release/try.sh $(VERSION)

fuzz: | tools ## Read nonsense with all that reads from outside; FUZZ_SECONDS=600 in all
	@$(MVN) $(MVN_FLAGS) --quiet --projects src/fuzz --also-make -DskipTests package >&2
	@FUZZ_SECONDS=$(FUZZ_SECONDS) src/fuzz/run.sh

live-check: | tools ## Compare a gene service with what the connector assumes of it: a stand-in, or ARGS="--base-url ncbi"
	@$(MVN) $(MVN_FLAGS) --quiet --projects testkit -Dmaven.test.skip=true package >&2
	@java -jar "$$(ls testkit/target/ncbi-gene-testkit-*-standalone.jar)" check $(ARGS)

docs: | tools ## Write the pages of docs/ that are made from the code
	$(MVN) $(MVN_FLAGS) --quiet --projects connector --also-make -Ddocs.update=true \
	  -Dtest='*PageTest' -Dsurefire.failIfNoSpecifiedTests=false test

.PHONY: site requirements
site: site/target/venv/installed ## Build the documentation's site in site/target/html; a wrong link or anchor fails it
	@NO_MKDOCS_2_WARNING=1 site/target/venv/bin/mkdocs build --quiet --clean --config-file site/mkdocs.yml

site/target/venv/installed: site/requirements.txt
	@rm -rf site/target/venv
	@$(PYTHON) -m venv site/target/venv
	@site/target/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

requirements: site/target/venv/installed ## Pin what builds the site, the Python packages and the notebooks, with hashes
	@site/target/venv/bin/pip install --quiet --disable-pip-version-check uv
	@for folder in python:3.10 site:3.11 notebooks:3.11; do \
	  (cd "$${folder%:*}" && "$(CURDIR)/site/target/venv/bin/uv" pip compile --quiet --universal --generate-hashes \
	    --python-version "$${folder#*:}" --no-emit-index-url --custom-compile-command 'make requirements' \
	    --output-file requirements.txt requirements.in) || exit 1; \
	done

screenshots: | tools ## Take the pictures of docs/, with Chromium
	@command -v chromium > /dev/null || { echo 'Chromium is needed: chromium is not found.' >&2; exit 1; }
	$(MVN) $(MVN_FLAGS) --quiet --projects testkit,connector,src/test -Ddocs.screenshots=true \
	  -Dtest=ScreenshotsTest -Dsurefire.failIfNoSpecifiedTests=false verify

format: | tools ## Format the sources
	$(MVN) $(MVN_FLAGS) --quiet spotless:apply

lint: | tools ## Check the sources' format
	$(MVN) $(MVN_FLAGS) --quiet spotless:check

.PHONY: lint-workflows
lint-workflows: ## Check the workflows of .github/; needs Go
	@go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.7

bench-decode: $(BENCHMARKS) ## Measure how fast answers are decoded, alone and inside Spark, and how long planning takes
	@benchmarks/run.sh io.github.sparkncbigene.benchmarks.DecodeReport
	@benchmarks/run.sh io.github.sparkncbigene.benchmarks.SparkReadBenchmark
	@benchmarks/run.sh io.github.sparkncbigene.benchmarks.PlanBenchmark

bench: $(BENCHMARKS) $(BENCH_PYTHON) ## Measure the connector from end to end beside other ways; ARGS="--help" shows what can be chosen
	@$(BENCH_PYTHON) benchmarks/end-to-end/bench.py $(ARGS)
	@benchmarks/run.sh io.github.sparkncbigene.benchmarks.TranscriptReadBenchmark

clean: | tools ## Remove what was built
	$(MVN) $(MVN_FLAGS) --quiet clean
	rm -rf notebooks/target python/dist

$(BENCH_PYTHON): benchmarks/end-to-end/requirements.txt
	@python3 -m venv benchmarks/target/venv
	@benchmarks/target/venv/bin/pip install --quiet --requirement $<
	@touch $@

$(BENCHMARKS): $(DEMO_SOURCES) $(shell find benchmarks/pom.xml benchmarks/src -type f) | tools
	@$(MVN) $(MVN_FLAGS) --quiet --projects benchmarks --also-make -Dmaven.test.skip=true package >&2
	@touch $@

$(DEMO): $(DEMO_SOURCES) | tools
	@echo 'Building the connector, the testkit and the examples. The first time, Maven fetches Spark.' >&2
	@$(MVN) $(MVN_FLAGS) --quiet --projects examples --also-make -Dmaven.test.skip=true package >&2
	@touch $@

$(ICEBERG): $(DEMO) $(shell find examples/iceberg/pom.xml examples/iceberg/src/main -type f)
	@echo 'Building the examples with Iceberg. The first time, Maven fetches their Spark.' >&2
	@$(MVN) $(MVN_FLAGS) --quiet --projects examples/iceberg --also-make -Dmaven.test.skip=true package >&2
	@touch $@

python/.venv/installed: python/requirements.txt
	@rm -rf python/.venv
	$(PYTHON) -m venv python/.venv
	python/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

notebooks/.venv/installed: notebooks/requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or later is needed: set PYTHON to one.' >&2; exit 1; }
	@rm -rf notebooks/.venv
	$(PYTHON) -m venv notebooks/.venv
	notebooks/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

tools:
	@version="$$($(JAVAC) -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' || true)"; \
	if [[ -z "$$version" ]]; then \
	  echo 'A JDK is needed, version 17 or later: $(JAVAC) does not run. Install one, or set JAVA_HOME to it.' >&2; exit 1; \
	elif (( version < 17 )); then \
	  echo "JDK 17 or later is needed, but $(JAVAC) is of version $$version. Set JAVA_HOME to a newer one." >&2; exit 1; \
	fi
	@command -v $(MVN) > /dev/null || { echo 'Apache Maven is needed, version 3.8 or later: $(MVN) is not found.' >&2; exit 1; }

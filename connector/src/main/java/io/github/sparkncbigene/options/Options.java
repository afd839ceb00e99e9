package io.github.sparkncbigene.options;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.View;
import io.github.sparkncbigene.text.Blanks;
import io.github.sparkncbigene.text.JsonArray;
import io.github.sparkncbigene.text.ListSyntax;
import io.github.sparkncbigene.text.Nearest;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resolved options of one read. An option set by the user takes precedence over the environment, which takes
 * precedence over the default. Names are validated, values are canonical, and the API key is separate from everything
 * that can be printed.
 */
public final class Options implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Keys that Spark itself adds to the options of a table made by CREATE TABLE. */
    private static final Set<String> SPARK_TABLE_KEYS =
            Set.of("owner", "provider", "location", "comment", "external", "ismanagedlocation", "collation");

    /** NCBI's limits, in requests per second. */
    private static final double RATE_WITHOUT_KEY = 5;

    private static final double RATE_WITH_KEY = 10;

    private final EnumMap<Option, String> values;
    private final EnumSet<Option> given;
    private final EnumMap<Option, Secret> secrets;

    private Options(EnumMap<Option, String> values, Set<Option> given, EnumMap<Option, Secret> secrets) {
        this.values = values;
        this.given = EnumSet.noneOf(Option.class);
        this.given.addAll(given);
        this.secrets = secrets;
    }

    /** Returns these options as if the given ones had not been set. */
    public Options without(Set<Option> others) {
        EnumMap<Option, String> left = new EnumMap<>(values);
        left.keySet().removeAll(others);
        Set<Option> stillGiven = EnumSet.copyOf(given);
        stillGiven.removeAll(others);
        return new Options(left, stillGiven, secrets);
    }

    /**
     * Resolves options.
     *
     * @param given names and values from the user or the catalog
     * @param environment the environment variables
     * @throws NcbiGeneException with {@link ErrorCode#UNKNOWN_OPTION} or {@link ErrorCode#INVALID_OPTION}
     */
    public static Options resolve(Map<String, String> given, Map<String, String> environment) {
        return resolve(given, variable -> Optional.ofNullable(environment.get(variable)), "");
    }

    /**
     * Resolves options whose names carry a prefix.
     *
     * @param environment looks up environment variables; called only for options that are not set
     * @param prefix the prefix of the names, such as {@code spark.sql.catalog.ncbi.}; errors show it
     */
    public static Options resolve(
            Map<String, String> given, Function<String, Optional<String>> environment, String prefix) {
        EnumMap<Option, String> values = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            option.defaultValue().ifPresent(value -> values.put(option, value));
        }
        EnumMap<Option, String> names = new EnumMap<>(Option.class);
        given.forEach((name, value) -> {
            if (!isSparks(name)) {
                Option option = option(name).orElseThrow(() -> unknown(name, prefix));
                String canonical = canonical(option, prefix + name, value);
                String other = names.put(option, name);
                if (other != null && !canonical.equals(values.get(option))) {
                    throw givenTwice(option, prefix + other, prefix + name);
                }
                values.put(option, canonical);
            }
        });
        for (Option option : Option.values()) {
            option.environmentVariable()
                    .filter(variable -> !names.containsKey(option))
                    .ifPresent(variable -> environment
                            .apply(variable)
                            .filter(value -> !value.isBlank())
                            .ifPresent(value -> values.put(option, canonical(option, variable, value))));
        }
        EnumMap<Option, Secret> secrets = new EnumMap<>(Option.class);
        for (Option option : Option.values()) {
            if (option.type().isSecret() && values.containsKey(option)) {
                secrets.put(option, Secret.of(values.remove(option)));
            }
        }
        if (!values.containsKey(Option.PROXY_ADDRESS)) {
            ProxyAddress.ofEnvironment(URI.create(values.get(Option.BASE_URL)), environment)
                    .ifPresent(proxy -> {
                        values.put(Option.PROXY_ADDRESS, proxy.toString());
                        if (!secrets.containsKey(Option.PROXY_USERNAME)) {
                            proxy.user().ifPresent(user -> secrets.put(Option.PROXY_USERNAME, user));
                            proxy.password().ifPresent(word -> secrets.putIfAbsent(Option.PROXY_PASSWORD, word));
                        }
                    });
        }
        Options options = new Options(values, names.keySet(), secrets);
        options.checkTransport();
        options.checkProxyCredentials();
        options.checkCache();
        return options;
    }

    /**
     * Merges options. If both maps set an option, the upper value overrides the lower one, even if the two write the
     * name differently.
     */
    public static Map<String, String> overlay(Map<String, String> lower, Map<String, String> upper) {
        Map<String, String> all = new HashMap<>(lower);
        all.keySet().removeIf(name -> upper.keySet().stream().anyMatch(over -> areSame(name, over)));
        all.putAll(upper);
        return all;
    }

    /** Returns true if an option is set under two names. */
    public static boolean hasSynonyms(Map<String, String> given) {
        Set<Option> seen = EnumSet.noneOf(Option.class);
        return given.keySet().stream()
                .anyMatch(
                        name -> option(name).filter(option -> !seen.add(option)).isPresent());
    }

    /** Returns true if the option has a value: set by the user, from the environment, or by default. */
    public boolean has(Option option) {
        return values.containsKey(option);
    }

    /** Returns true if the user set the option, rather than the environment or the default. */
    public boolean isGiven(Option option) {
        return given.contains(option);
    }

    /** Returns the canonical value. */
    public String text(Option option) {
        return values.get(option);
    }

    /** Returns the canonical value, if there is one. */
    public Optional<String> find(Option option) {
        return Optional.ofNullable(values.get(option));
    }

    public int integer(Option option) {
        return Integer.parseInt(values.get(option));
    }

    public boolean isTrue(Option option) {
        return Boolean.parseBoolean(values.get(option));
    }

    public Duration duration(Option option) {
        return OptionType.parseDuration(values.get(option));
    }

    /** Returns the requests allowed per second; infinite for no limit. */
    public double requestsPerSecond() {
        double given = find(Option.REQUESTS_PER_SECOND)
                .map(Double::parseDouble)
                .orElse(apiKey().isEmpty() ? RATE_WITHOUT_KEY : RATE_WITH_KEY);
        return given == 0 ? Double.POSITIVE_INFINITY : given;
    }

    /** Returns the entries of a list, in the order given; empty if the option is not set. */
    public List<String> list(Option option) {
        if (option.type() == OptionType.PATHS) {
            return find(option)
                    .map(text -> JsonArray.texts(text).orElse(List.of(text)))
                    .orElse(List.of());
        }
        return find(option).map(text -> ListSyntax.parse(option.key(), text)).orElse(List.of());
    }

    /** Passes on the entries of a list one by one, in the order given, because lists may be long. */
    public void forEach(Option option, Consumer<String> entries) {
        find(option).ifPresent(text -> ListSyntax.parse(option.key(), text, entries));
    }

    /** Returns the report that is read; for a view, the report that it shows. */
    public Report report() {
        return Report.named(text(Option.REPORT));
    }

    /** Returns the view that is read; empty for a report itself. */
    public Optional<View> view() {
        return View.named(text(Option.REPORT));
    }

    public AccessionRows accessionRows() {
        return choice(Option.ACCESSION_ROWS, AccessionRows.class).orElseThrow();
    }

    public Optional<TableFormat> tableFormat() {
        return choice(Option.TABLE_FORMAT, TableFormat.class);
    }

    /** Returns the pages with a header line, by default as NCBI sends them. */
    public TabularHeader tabularHeader() {
        return choice(Option.INCLUDE_TABULAR_HEADER, TabularHeader.class).orElse(TabularHeader.FIRST_PAGE_ONLY);
    }

    /** Returns the part of each gene that the user wants, by default all of it. */
    public ReturnedContent returnedContent() {
        return choice(Option.RETURNED_CONTENT, ReturnedContent.class).orElse(ReturnedContent.COMPLETE);
    }

    public Endpoint endpoint() {
        return choice(Option.ENDPOINT, Endpoint.class).orElseThrow();
    }

    /** Returns the method that the user wants; empty if the connector may choose. */
    public Optional<Method> method() {
        return choice(Option.METHOD, Method.class);
    }

    /** Returns the format that the user wants; empty if the connector may choose. */
    public Optional<WireFormat> wireFormat() {
        return choice(Option.WIRE_FORMAT, WireFormat.class);
    }

    public Mode mode() {
        return choice(Option.MODE, Mode.class).orElseThrow();
    }

    /** Returns the use of the cache, if there is one. */
    public CacheMode cacheMode() {
        return choice(Option.CACHE_MODE, CacheMode.class).orElseThrow();
    }

    /** Returns true if a stream reads a file again that was replaced or shortened, instead of failing. */
    public boolean rereadsReplacedFiles() {
        return choice(Option.REPLACED_FILES, ReplacedFiles.class).orElseThrow() == ReplacedFiles.REREAD;
    }

    /** Returns the choice of the option's value; empty if it has none, or is {@code auto}. */
    private <E extends Enum<E>> Optional<E> choice(Option option, Class<E> choices) {
        String value = text(option);
        return Stream.of(choices.getEnumConstants())
                .filter(choice -> choice.toString().equals(value))
                .findFirst();
    }

    public Optional<Secret> apiKey() {
        return secret(Option.API_KEY);
    }

    /** Returns the value of an option that is never printed, if it is set. */
    public Optional<Secret> secret(Option option) {
        return Optional.ofNullable(secrets.get(option));
    }

    private void checkCache() {
        if (cacheMode() != CacheMode.NORMAL && !has(Option.CACHE_PATH)) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Option cache_mode is '" + cacheMode()
                            + "' but cache_path is not given. Give the directory of the cache, or drop cache_mode.");
        }
    }

    private void checkProxyCredentials() {
        if (secret(Option.PROXY_PASSWORD).isPresent()
                && secret(Option.PROXY_USERNAME).isEmpty()) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_OPTION,
                    "Option proxy_password is set without proxy_username. Set both or neither.");
        }
        if (secret(Option.PROXY_USERNAME)
                .filter(user -> user.reveal().contains(":"))
                .isPresent()) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_OPTION,
                    "Option proxy_username contains ':'. Set what follows it as proxy_password.");
        }
    }

    /** Returns a redactor of the key and the proxy's credentials. */
    public Redactor redactor() {
        return Redactor.of(apiKey(), List.of(secret(Option.PROXY_USERNAME), secret(Option.PROXY_PASSWORD)));
    }

    /** Returns a text of the service without secrets that it may repeat. Call it before the text is shortened. */
    public String hidden(String text) {
        return redactor().hideIn(text);
    }

    private void checkTransport() {
        URI base = URI.create(text(Option.BASE_URL));
        boolean plain = "http".equalsIgnoreCase(base.getScheme());
        if (plain && !isLoopback(base.getHost()) && !isTrue(Option.ALLOW_HTTP)) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_OPTION,
                    "Option base_url is '" + base + "', which is not encrypted. Use https, or set allow_http to true"
                            + " if nobody else can listen.");
        }
    }

    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static boolean isSparks(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SPARK_TABLE_KEYS.contains(Option.normalise(lower))
                || lower.startsWith("option.")
                || lower.startsWith("transient_");
    }

    /** Returns true if both names are equal or stand for the same option. */
    public static boolean areSame(String name, String other) {
        Optional<Option> option = option(name);
        return name.equalsIgnoreCase(other) || (option.isPresent() && option.equals(option(other)));
    }

    private static Optional<Option> option(String name) {
        return alias(name).or(() -> Option.find(name));
    }

    /**
     * Spark passes {@code load("a")} as path, and {@code load("a", "b")} as paths. Spark itself hides an option called
     * token wherever it shows settings and options, but not one called key.
     */
    private static Optional<Option> alias(String name) {
        if (name.equalsIgnoreCase("path") || name.equalsIgnoreCase("paths")) {
            return Optional.of(Option.ACCESSIONS_PATH);
        }
        return Option.normalise(name).equals("apitoken") ? Optional.of(Option.API_KEY) : Optional.empty();
    }

    private static String canonical(Option option, String name, String value) {
        Function<String, NcbiGeneException> error = mustBe -> NcbiGeneException.of(
                ErrorCode.INVALID_OPTION,
                "Option " + name
                        + (value == null || option.type().isSecret() ? "" : " is '" + shown(option, value) + "' but")
                        + " must be " + mustBe + ".");
        if (value == null) {
            throw error.apply("set");
        }
        if (option.type() == OptionType.LIST) {
            ListSyntax.checkIsList(name, value);
        }
        try {
            return option.type().canonical(value);
        } catch (IllegalArgumentException e) {
            if (OptionType.NOT_EMPTY.equals(e.getMessage())
                    && Blanks.strip(value).isEmpty()) {
                throw NcbiGeneException.of(
                        ErrorCode.INVALID_OPTION,
                        "Option " + name + " is empty. Give it a value, or remove the option.");
            }
            throw error.apply(e.getMessage());
        }
    }

    /** Hides a password in an address, which is a secret even in the wrong option. */
    private static String shown(Option option, String value) {
        return Quoted.of(
                option.type() == OptionType.URL || option.type() == OptionType.PROXY
                        ? value.replaceAll("^(.*//)?.*@", "$1(hidden)@")
                        : value);
    }

    private static NcbiGeneException givenTwice(Option option, String name, String other) {
        List<String> both = Stream.of(name, other).sorted().toList();
        return NcbiGeneException.of(
                ErrorCode.CONFLICTING_OPTIONS,
                "Option " + option.key() + " is given twice with different values, as '" + both.get(0) + "' and as '"
                        + both.get(1) + "'. Give it once.");
    }

    private static NcbiGeneException unknown(String name, String prefix) {
        List<String> nearest = Nearest.of(name, Option.keys(), Option::normalise).stream()
                .map(prefix::concat)
                .toList();
        return NcbiGeneException.of(
                ErrorCode.UNKNOWN_OPTION,
                "Option '" + Quoted.of(prefix + name) + "' is not known."
                        + OtherNames.advice(name, prefix).orElseGet(() -> Nearest.didYouMean(nearest))
                        + " All options are listed in " + DocPage.of("options") + ".");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options that
                && values.equals(that.values)
                && given.equals(that.given)
                && secrets.equals(that.secrets);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values
                + secrets.entrySet().stream()
                        .map(secret -> " with " + secret.getKey().key() + " " + secret.getValue())
                        .collect(Collectors.joining());
    }
}

package io.github.sparkncbigene.testkit.check;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.SwitchSetting;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the live check from the command line. */
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Compares a gene service with what the connector assumes of it.",
            "Sends at most 40 requests, one a second, and repeats none. The API key is taken from NCBI_API_KEY."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The service does what the connector expects.",
            "1:The service deviates.",
            "2:An option is wrong.",
            "3:No verdict: stopped by the service, no response, or another service."
        })
public final class CheckCommand implements Callable<Integer> {
    static final String NCBI = "https://api.ncbi.nlm.nih.gov/datasets/v2";

    @Option(
            names = "--base-url",
            paramLabel = "URL|ncbi",
            description = "The service; ncbi: NCBI itself. Default: a stand-in inside this program.")
    private String baseUrl = "";

    @Option(names = "--dry-run", description = "Print the requests and send none.")
    private boolean dryRun = false;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to this file as JSON.")
    private Path json = null;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Write bodies and headers to this directory, without key and cookies.")
    private Path save = null;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Let the stand-in serve the recorded reports below this directory; may be repeated.")
    private List<Path> reports = List.of();

    @Option(
            names = "--set",
            paramLabel = "SWITCH=VALUE",
            description = "Turn a switch of the stand-in, such as supersededVersion=MISSING; may be repeated.")
    private List<String> switches = List.of();

    @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // Unused here; picocli needs the field for the option.
    private boolean help = false;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    /** Creates the command with the environment of this process. */
    public CheckCommand() {
        this(System.getenv());
    }

    CheckCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<URI> base = base();
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            LiveCheck.requests().forEach(request -> out.println(request));
            out.flush();
            return 0;
        }
        CheckReport report = base.isPresent() ? check(base.get()) : checkStandIn();
        out.print(report.table());
        out.flush();
        if (json != null) {
            Files.writeString(json, report.json());
        }
        return report.verdict().exitCode();
    }

    private CheckReport check(URI base) throws IOException, InterruptedException {
        Optional<String> key = Optional.ofNullable(environment.get("NCBI_API_KEY"))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (key.filter(text -> text.chars().anyMatch(c -> c <= ' ' || c > '~')).isPresent()) {
            throw wrong("NCBI_API_KEY holds characters that a key cannot have.");
        }
        if (key.isPresent() && !mayHaveKey(base)) {
            throw wrong("NCBI_API_KEY is set, but '" + base.getHost()
                    + "' would get it unencrypted. Use https, or unset the variable.");
        }
        return LiveCheck.of(base, key).run(Optional.ofNullable(save));
    }

    private CheckReport checkStandIn() throws IOException, InterruptedException {
        NcbiGeneService.Builder builder = NcbiGeneService.builder().announcedRateLimit(5);
        reports.forEach(builder::reports);
        try {
            switches.forEach(text -> SwitchSetting.parse(text).applyTo(builder));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        try (NcbiGeneService service = builder.build().start()) {
            return LiveCheck.ofStandIn(URI.create(service.baseUrl())).run(Optional.ofNullable(save));
        }
    }

    private Optional<URI> base() {
        if (baseUrl.isEmpty()) {
            return Optional.empty();
        }
        if (!reports.isEmpty()) {
            throw wrong("--reports is for the stand-in: give it without --base-url.");
        }
        if (baseUrl.equals("ncbi")) {
            return Optional.of(URI.create(NCBI));
        }
        URI uri;
        try {
            uri = URI.create(baseUrl);
        } catch (IllegalArgumentException e) {
            throw wrong("--base-url is not a valid URL.");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong("--base-url is not a valid base URL: give http:// or https://, a host and a path.");
        }
        if (uri.getRawUserInfo() != null) {
            throw wrong("--base-url may not hold a user name or password.");
        }
        return Optional.of(uri);
    }

    private static boolean mayHaveKey(URI base) {
        if ("https".equalsIgnoreCase(base.getScheme())) {
            return true;
        }
        try {
            return InetAddress.getByName(base.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

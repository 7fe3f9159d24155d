package io.github.comfyeks.samples.cli;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.QueueSnapshot;
import io.github.comfyeks.server.QueuedPrompt;
import io.github.comfyeks.server.SystemStats;
import io.github.comfyeks.transport.RetryPolicy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Finds what is wrong between here and the server, and says what to mend.")
final class DoctorCommand implements Callable<Integer> {
    private static final int PROBES = 10;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofMillis(500);

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.class,
            description = "How long the socket may take, and how long a queue that waits is watched. Default: 5s")
    private Duration patience = Duration.ofSeconds(5);

    private final List<String> socketTroubles = new ArrayList<>();
    private int worst = ExitCodes.OK;

    @Override
    public Integer call() throws InterruptedException {
        ComfyObserver observer = new ComfyObserver() {
            @Override
            public void onSocketDown(String reason) {
                synchronized (socketTroubles) {
                    socketTroubles.add(reason);
                }
            }
        };
        try (ComfyClient client = server.client(server.uri(), observer, RetryPolicy.none())) {
            if (reach(client)) {
                check("latency", () -> latency(client));
                check("socket", () -> socket(client));
                cookies(client);
                clock();
                check("queue", () -> queue(client));
            }
        }
        return worst;
    }

    /** A check that looks at the server, which may fail at any of them. */
    @FunctionalInterface
    private interface Check {
        void run() throws InterruptedException;
    }

    private void check(String name, Check check) throws InterruptedException {
        try {
            check.run();
        } catch (ComfyException e) {
            told(name, false, String.valueOf(e.getMessage()));
        }
    }

    private boolean reach(ComfyClient client) {
        try {
            SystemStats stats = client.server().systemStats();
            told("reach", true, server.uri() + " answers: ComfyUI " + stats.version());
            boolean supported = isAtLeast(stats.version(), 0, 3, 64);
            told(
                    "version",
                    supported,
                    supported
                            ? stats.version() + " is supported"
                            : stats.version() + " is older than 0.3.64, the oldest that is tested; update the server");
            return true;
        } catch (ComfyException e) {
            told("reach", false, String.valueOf(e.getMessage()));
            return false;
        }
    }

    static boolean isAtLeast(String version, int... floor) {
        int[] parts = Arrays.stream(version.split("[.+-]"))
                .limit(floor.length)
                .mapToInt(part -> part.matches("\\d{1,6}") ? Integer.parseInt(part) : -1)
                .toArray();
        return Arrays.compare(parts, floor) >= 0;
    }

    private void latency(ComfyClient client) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            long start = System.nanoTime();
            client.server().queueRemaining();
            nanos.add(System.nanoTime() - start);
        }
        nanos.sort(null);
        Duration median = Duration.ofNanos(nanos.get(PROBES / 2));
        told(
                "latency",
                median.compareTo(SLOW) < 0,
                String.format(Locale.ROOT, "%.1f ms a request (median of %d)", median.toNanos() / 1e6, PROBES)
                        + (median.compareTo(SLOW) < 0 ? "" : "; run nearer to the server"));
    }

    private void socket(ComfyClient client) {
        boolean open = client.connect(patience);
        String why;
        synchronized (socketTroubles) {
            why = socketTroubles.isEmpty()
                    ? "no greeting within " + patience.toMillis() + " ms"
                    : String.join("; ", new LinkedHashSet<>(socketTroubles));
        }
        told(
                "socket",
                open,
                open
                        ? "/ws opens and the server greets us"
                        : "/ws does not open (" + why
                                + "); let the proxy pass WebSocket upgrades, and set its idle timeout"
                                + " above 60 s. Runs are followed by looks until then");
    }

    private void cookies(ComfyClient client) {
        told(
                "cookies",
                true,
                client.affinity().isEmpty()
                        ? "no affinity cookies: one server, or a load balancer without stickiness (then runs get lost)"
                        : "affinity by " + String.join(", ", client.affinity().keySet()));
    }

    private void clock() throws InterruptedException {
        Optional<Instant> theirs = serverTime();
        if (theirs.isEmpty()) {
            told("clock", true, "the server tells no time");
            return;
        }
        Duration skew = Duration.between(theirs.get(), Instant.now()).abs();
        boolean fine = skew.compareTo(CLOCK_SKEW) < 0;
        told("clock", fine, skew.toSeconds() + " s apart" + (fine ? "" : "; set the clocks by NTP"));
    }

    private Optional<Instant> serverTime() throws InterruptedException {
        try {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.uri())
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            return answer.headers()
                    .firstValue("Date")
                    .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void queue(ComfyClient client) throws InterruptedException {
        QueueSnapshot first = client.server().queue();
        if (!first.running().isEmpty() || first.pending().isEmpty()) {
            told(
                    "queue",
                    true,
                    first.running().size() + " running, " + first.pending().size() + " waiting");
            return;
        }
        TimeUnit.MILLISECONDS.sleep(patience.toMillis());
        QueueSnapshot second = client.server().queue();
        boolean moves =
                !second.running().isEmpty() || !ids(second).containsAll(ids(first)); // others may come while none goes
        told(
                "queue",
                moves,
                moves
                        ? "it moves"
                        : second.pending().size()
                                + " wait and nothing runs: the server's worker is dead; restart the server");
    }

    private static Set<PromptId> ids(QueueSnapshot queue) {
        return queue.pending().stream().map(QueuedPrompt::promptId).collect(Collectors.toSet());
    }

    private void told(String check, boolean fine, String text) {
        worst = fine ? worst : ExitCodes.SERVER;
        output.record("check", check, "ok", fine, "text", text);
        output.line((fine ? "ok    " : "WRONG ") + String.format(Locale.ROOT, "%-8s ", check) + text);
    }
}

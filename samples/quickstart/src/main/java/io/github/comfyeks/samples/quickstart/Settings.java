package io.github.comfyeks.samples.quickstart;

import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What the system properties ask for.
 *
 * @param server {@code comfyeks.server}; empty: the embedded fake server
 * @param checkpoint {@code checkpoint}, for every loader of the workflow; empty: those it names
 * @param file {@code workflow}: an API-format file to run instead
 */
record Settings(
        Optional<URI> server,
        Optional<String> checkpoint,
        Optional<Path> file,
        String prompt,
        long seed,
        int size,
        int steps,
        Path out) {
    private static final String CASTLE =
            "a castle on a cliff above a misty valley at dawn, intricate detail, cinematic light";
    private static final String NEGATIVE = "blurry, low quality, text, watermark";

    /** @throws IllegalArgumentException naming everything that is wrong */
    static Settings of(Properties properties) {
        List<String> problems = new ArrayList<>();
        Settings settings = new Settings(
                text(properties, "comfyeks.server").flatMap(address -> server(address, problems)),
                text(properties, "checkpoint"),
                text(properties, "workflow").map(Path::of),
                text(properties, "prompt").orElse(CASTLE),
                number(properties, "seed", 42, 0, Long.MAX_VALUE, problems),
                (int) number(properties, "size", 1024, 16, 16384, problems),
                (int) number(properties, "steps", 25, 2, 10_000, problems),
                Path.of(text(properties, "comfyeks.out").orElse("target/quickstart")));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return settings;
    }

    private static Optional<String> text(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isBlank());
    }

    private static Optional<URI> server(String address, List<String> problems) {
        try {
            URI uri = new URI(address.contains("://") ? address : "http://" + address);
            if (uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // told below, like an address without a host
        }
        problems.add("-Dcomfyeks.server=" + address + " is no address such as http://127.0.0.1:8188");
        return Optional.empty();
    }

    private static long number(
            Properties properties, String name, long otherwise, long min, long max, List<String> problems) {
        String value = properties.getProperty(name, "").strip();
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        problems.add("-D" + name + "=" + value + " is no whole number from " + min + " to " + max);
        return otherwise;
    }

    /** The workflow to run: the EKS guide's SDXL base and refiner, or the file that was named. */
    Workflow workflow() {
        Workflow chosen = file.map(Workflow::read).orElseGet(this::sdxl);
        if (checkpoint.isPresent()) {
            for (WorkflowNode loader : chosen.findByClass("CheckpointLoaderSimple")) {
                chosen = chosen.withInput(loader.id(), "ckpt_name", checkpoint.get());
            }
        }
        return chosen;
    }

    private Workflow sdxl() {
        int handOver = Math.min(steps - 1, Math.max(1, Math.round(steps * 0.8f)));
        return Workflow.parse(resource("sdxl-base-refiner.json"))
                .withInput("5", "width", size)
                .withInput("5", "height", size)
                .withInput("6", "text", prompt)
                .withInput("15", "text", prompt)
                .withInput("7", "text", NEGATIVE)
                .withInput("16", "text", NEGATIVE)
                .withInput("10", "noise_seed", seed)
                .withInput("11", "noise_seed", seed)
                .withInput("10", "steps", steps)
                .withInput("11", "steps", steps)
                .withInput("10", "end_at_step", handOver)
                .withInput("11", "start_at_step", handOver);
    }

    String describe() {
        return file.map(path -> "workflow " + path)
                .orElseGet(() ->
                        checkpoint.map(name -> name + " as base and refiner").orElse("SDXL base + refiner") + ", "
                                + size + "×" + size + ", " + steps + " steps, seed " + seed);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Settings.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.comfyeks.samples.cli;

import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.model.file.ModelFormat;
import io.github.comfyeks.model.store.ModelFolder;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.ModelTransfers;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.store.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description =
                "Puts models into a bucket: folders that are laid out like ComfyUI's models/. What is there already is not sent"
                        + " again, what was cut off goes on.")
final class ModelsPushCommand implements Callable<Integer> {
    private static final int MODELS_AT_ONCE = 3;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private Output output = new Output();

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Folders like models/; with --folder files, and folders like models/NAME.")
    private List<Path> paths = List.of();

    @Option(
            names = "--folder",
            paramLabel = "NAME",
            description = "The model folder that all of it belongs to, such as loras.")
    private String folder = "";

    @Option(names = "--no-pickles", description = "Refuses .ckpt, .pt, .bin and .pth: loading one runs a program.")
    private boolean noPickles;

    @Option(names = "--dry-run", description = "Only says what would be sent.")
    private boolean dryRun;

    @Override
    public Integer call() {
        SortedMap<ModelKey, Path> models = models();
        if (dryRun) {
            models.forEach((key, path) -> {
                output.record("event", "would push", "key", key.value(), "bytes", size(path));
                output.line(key + "  " + size(path) + " bytes");
            });
            return ExitCodes.OK;
        }
        TransferOptions options = TransferOptions.DEFAULT;
        try (S3Client s3 = aws.client(MODELS_AT_ONCE * (options.parallel() + 1))) {
            ModelStore store = aws.store(s3);
            TransferReport report;
            try (TransferBar bar = new TransferBar(
                    output,
                    "push",
                    models.values().stream().mapToLong(ModelsPushCommand::size).sum())) {
                report = ModelTransfers.put(store, models, MODELS_AT_ONCE, options.listener(bar));
            }
            long generation = store.refreshManifest(report.sha256()).generation();
            tell(report, generation);
            return report.failed().isEmpty() ? ExitCodes.OK : ExitCodes.SERVER;
        }
    }

    private void tell(TransferReport report, long generation) {
        report.moved()
                .forEach((key, bytes) -> output.record(
                        "event",
                        "pushed",
                        "key",
                        key.value(),
                        "sha256",
                        report.sha256().get(key),
                        "sent",
                        bytes));
        output.record("event", "manifest", "generation", generation);
        output.line(report.moved().size() + " models are there, " + report.bytes() + " bytes sent; generation "
                + generation);
        long pickles = report.moved().keySet().stream()
                .filter(key -> ModelFormat.of(key.value()).isUnsafe())
                .count();
        if (pickles > 0) {
            output.line(pickles + " of them are pickles: whoever loads them runs what their authors put in;"
                    + " --no-pickles refuses them");
        }
        report.failed().values().forEach(why -> Comfyeks.tell(output.err(), why));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new LocalFileException(file + " cannot be read: " + e, e);
        }
    }

    /** All of them, or all that is wrong with them. */
    private SortedMap<ModelKey, Path> models() {
        SortedMap<ModelKey, Path> models = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                ModelFolder found = ModelFolder.scan(path);
                found.refused().forEach((file, why) -> problems.add(file + ": " + why));
                String above = folder.isEmpty() ? "" : folder + "/";
                found.models().forEach((key, file) -> add(models, problems, above + key, file));
            } else if (!Files.exists(path)) {
                problems.add(path + " is not there");
            } else if (folder.isEmpty()) {
                problems.add(path + " is a file: name its model folder by --folder, such as --folder loras");
            } else {
                add(models, problems, folder + "/" + path.getFileName(), path);
            }
        }
        if (problems.isEmpty() && models.isEmpty()) {
            problems.add("there is no model in " + paths);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("nothing was sent: " + String.join("\n", problems));
        }
        return models;
    }

    private void add(SortedMap<ModelKey, Path> models, List<String> problems, String key, Path file) {
        if (noPickles && ModelFormat.of(key).isUnsafe()) {
            problems.add(file + " is a pickle, which --no-pickles refuses");
        }
        if (ModelKey.problem(key).isPresent()) {
            problems.add(file + ": " + ModelKey.problem(key).get());
        } else if (new ModelKey(key).folder().isEmpty()) {
            problems.add(file + " lies in no model folder; push the folder above, or name its folder by --folder");
        } else if (models.putIfAbsent(new ModelKey(key), file) != null) {
            problems.add(file + ": another path has " + key + " too");
        }
    }
}

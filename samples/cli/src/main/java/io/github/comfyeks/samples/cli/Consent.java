package io.github.comfyeks.samples.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks before something is deleted. */
final class Consent {
    @Option(names = "--yes", description = "Does not ask before it deletes.")
    private boolean yes;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /**
     * Whether it may be done.
     *
     * @throws ParameterException if there is nobody to ask
     */
    boolean to(String what) {
        if (yes) {
            return true;
        }
        if (!Output.isTerminal()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "nobody can be asked whether to " + what + "; say --yes");
        }
        String answer = Objects.requireNonNull(System.console()).readLine("%s? [y/N] ", what);
        return answer != null && answer.strip().matches("(?i)y(es)?");
    }
}

package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.model.store.ModelStore;
import java.nio.file.Path;

/**
 * What an agent works with for as long as it has its folder.
 *
 * @param store the bucket
 * @param root the folder, without links
 * @param host the machine
 * @param log what the agent put there
 * @param folder where models lie
 * @param partials what is half there
 */
public record Workplace(ModelStore store, Path root, Host host, CopyLog log, Folder folder, Partials partials) {
    long now() {
        return host.clock().millis();
    }
}

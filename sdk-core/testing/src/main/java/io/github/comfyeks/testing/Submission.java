package io.github.comfyeks.testing;

import org.jspecify.annotations.Nullable;

/**
 * A prompt that {@code POST /prompt} accepted. Immutable.
 *
 * @param promptId the id it was queued under
 * @param clientId the {@code client_id}, or null if it had none
 * @param number the number that decides the order, as JSON
 * @param graph the graph after the server bent its values (S11), as JSON
 * @param extraData {@code extra_data} without secrets, as JSON
 */
public record Submission(String promptId, @Nullable String clientId, String number, String graph, String extraData) {}

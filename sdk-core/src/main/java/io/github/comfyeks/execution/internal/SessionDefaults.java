package io.github.comfyeks.execution.internal;

import io.github.comfyeks.execution.RunLimits;
import io.github.comfyeks.observe.ComfyObserver;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What all sessions of a client share.
 *
 * @param affinityCookies prefixes of the names of cookies that pin a pod
 * @param socketPatience how long a submission waits for the first socket before it goes on by looks
 */
public record SessionDefaults(
        URI server, RunLimits limits, List<String> affinityCookies, Duration socketPatience, ComfyObserver observer) {}

package io.github.comfyeks.testing.internal.run;

import io.github.comfyeks.testing.internal.files.Folders;
import io.github.comfyeks.testing.internal.nodes.Interrupts;
import io.github.comfyeks.testing.internal.nodes.NodeTypes;
import io.github.comfyeks.testing.internal.schema.Schemas;
import io.github.comfyeks.testing.internal.version.Version;

/** What a run works with. */
public record RunServices(
        Version version,
        Schemas schemas,
        NodeTypes types,
        Folders folders,
        Events events,
        Interrupts interrupts,
        Pace pace,
        RunningClient runningClient) {}

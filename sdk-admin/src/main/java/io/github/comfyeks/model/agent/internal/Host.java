package io.github.comfyeks.model.agent.internal;

import io.github.comfyeks.internal.TimeSource;
import java.time.Clock;

/**
 * The machine that the agent runs on, as seams.
 *
 * @param disk where it writes
 * @param inUse which files other processes have open
 * @param clock the time of day, for grace and reports
 * @param time waiting
 */
public record Host(Disk disk, FilesInUse inUse, Clock clock, TimeSource time) {
    /** This machine. */
    public static final Host REAL = new Host(Disk.REAL, new ProcFilesInUse(), Clock.systemUTC(), TimeSource.SYSTEM);
}

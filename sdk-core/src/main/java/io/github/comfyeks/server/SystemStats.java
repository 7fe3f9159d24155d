package io.github.comfyeks.server;

import java.util.List;

/**
 * What a server is and what memory it has: {@code GET /system_stats}. Immutable. What the server did not say is empty or 0.
 *
 * @param version ComfyUI's version, such as {@code 0.33.0}
 * @param python the version of Python
 * @param pytorch the version of PyTorch
 * @param os the operating system as Python names it, such as {@code linux} or {@code posix}
 * @param ramTotal bytes of main memory
 * @param ramFree bytes of main memory that are free
 * @param argv the server's command line; it may hold paths of the server
 * @param devices what it computes on, the one in use first; a server without GPU lists its CPU
 */
public record SystemStats(
        String version,
        String python,
        String pytorch,
        String os,
        long ramTotal,
        long ramFree,
        List<String> argv,
        List<Device> devices) {

    public SystemStats {
        argv = List.copyOf(argv);
        devices = List.copyOf(devices);
    }

    /**
     * One device. Immutable.
     *
     * @param name its name, such as {@code cuda:0 NVIDIA L4 : cudaMallocAsync}
     * @param type PyTorch's name of its kind, such as {@code cuda} or {@code cpu}
     * @param vramTotal bytes of its memory
     * @param vramFree bytes of it that are free
     * @param torchVramTotal bytes of it that PyTorch has reserved
     * @param torchVramFree bytes that PyTorch has reserved and not in use
     */
    public record Device(
            String name, String type, long vramTotal, long vramFree, long torchVramTotal, long torchVramFree) {}
}

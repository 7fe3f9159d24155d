package io.github.comfyeks.server.internal;

import java.util.List;

public record QueueIds(List<String> running, List<String> pending) {}

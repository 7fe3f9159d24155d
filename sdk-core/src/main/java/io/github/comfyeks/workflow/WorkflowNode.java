package io.github.comfyeks.workflow;

import java.util.Map;

public record WorkflowNode(String id, String classType, Map<String, Object> inputs, String title) {}

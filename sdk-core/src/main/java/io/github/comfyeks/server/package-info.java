/**
 * What a ComfyUI server itself can be asked and told, beyond single runs: queue and history, models, system, node schemas,
 * the jobs API and user data. Interfaces to call and values that they return; each names the route that it stands for.
 * Running workflows and following them lives in {@code execution}, files that runs made in {@code output}.
 */
@NullMarked
package io.github.comfyeks.server;

import org.jspecify.annotations.NullMarked;

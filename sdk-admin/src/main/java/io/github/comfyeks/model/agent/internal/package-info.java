/**
 * How the agent works, from the outside in: {@code Sync} is one look at bucket and folder, {@code Judge} says what each model needs,
 * {@code Room} what fits, {@code Copier} copies many models at once, {@code Copy} is one of them. {@code Folder} is where the models
 * lie, {@code CopyLog} what the agent itself put there, {@code Partials} what is half there. {@code Host} is the machine. Not for users.
 */
@NullMarked
package io.github.comfyeks.model.agent.internal;

import org.jspecify.annotations.NullMarked;

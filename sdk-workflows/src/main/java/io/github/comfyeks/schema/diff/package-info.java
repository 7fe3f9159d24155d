/**
 * What differs between the node schemas of two servers or versions, as a report for people, and what a move from one to the other
 * breaks in a workflow. It knows schemas and workflows only and talks to no server.
 */
@NullMarked
package io.github.comfyeks.schema.diff;

import org.jspecify.annotations.NullMarked;

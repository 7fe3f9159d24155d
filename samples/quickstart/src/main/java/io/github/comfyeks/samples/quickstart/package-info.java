/** The first picture in five minutes: {@code mvn -B -ntp -Pquickstart}. A program to read and to copy from. */
@NullMarked
package io.github.comfyeks.samples.quickstart;

import org.jspecify.annotations.NullMarked;

package io.github.comfyeks.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.error.WorkflowInvalidException;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a file: a result or the one error, and little memory. */
class FileFuzzTest {
    private static final int FILES = 200_000;
    private static final long SEED = 20260101;

    /** A file of some kilobytes may take some hundreds; a length that is believed would take many megabytes. */
    private static final long MOST_BYTES = 4 << 20;

    private static final int[] NASTY = {0, 1, 0x7f, 0x80, 0xff, 0xfe, '{', '"', '[', 'I'};

    private final Random random = new Random(SEED);

    @Test
    void mutatedAndCutFilesGiveAResultOrTheTypedError() throws ReflectiveOperationException {
        Allocation allocation = new Allocation();
        List<String> names = Samples.all();
        List<byte[]> seeds = new ArrayList<>();
        names.forEach(name -> seeds.add(Samples.bytes(name)));
        int results = 0;
        int errors = 0;
        for (int i = 0; i < FILES; i++) {
            int which = i % seeds.size();
            byte[] file = mutated(seeds.get(which), seeds);
            long before = allocation.bytes();
            try {
                WorkflowFile read =
                        i % 16 == 0 ? WorkflowFile.read(new ByteArrayInputStream(file)) : WorkflowFile.read(file);
                assertThat(read.format()).isNotNull();
                results++;
            } catch (WorkflowInvalidException e) {
                if (e.problems().isEmpty()) {
                    throw new AssertionError("an error without a problem, file " + i, e);
                }
                errors++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("file " + i + " from " + names.get(which), e);
            }
            long taken = allocation.bytes() - before;
            if (taken > MOST_BYTES) {
                throw new AssertionError("file " + i + " from " + names.get(which) + " took " + taken + " bytes");
            }
        }
        assertThat(results).isGreaterThan(FILES / 20);
        assertThat(errors).isGreaterThan(FILES / 20);
    }

    /** What this thread took so far. By reflection, since the module under test does not read the one that knows. */
    private static final class Allocation {
        private final Object threads;
        private final Method method;

        Allocation() throws ReflectiveOperationException {
            threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            method = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        }

        long bytes() throws ReflectiveOperationException {
            return (Long) method.invoke(threads);
        }
    }

    private byte[] mutated(byte[] seed, List<byte[]> all) {
        byte[] file = seed.clone();
        switch (random.nextInt(8)) {
            case 0 -> file = Arrays.copyOf(file, random.nextInt(file.length));
            case 1 -> { // a hole
                int from = random.nextInt(file.length);
                int to = Math.min(file.length, from + 1 + random.nextInt(64));
                byte[] shorter = new byte[file.length - (to - from)];
                System.arraycopy(file, 0, shorter, 0, from);
                System.arraycopy(file, to, shorter, from, file.length - to);
                file = shorter;
            }
            case 2 -> { // the end of another file
                byte[] other = all.get(random.nextInt(all.size()));
                int from = random.nextInt(file.length);
                int length = Math.min(other.length, file.length - from);
                System.arraycopy(other, other.length - length, file, from, length);
            }
            default -> bytes(file);
        }
        return file;
    }

    /** Mostly at the front, where the headers are, or where one length stands in four bytes. */
    private void bytes(byte[] file) {
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(random.nextBoolean() ? file.length : Math.min(file.length, 128));
            if (random.nextInt(4) == 0) {
                int value = NASTY[random.nextInt(NASTY.length)];
                Arrays.fill(file, at, Math.min(file.length, at + 4), (byte) value);
            } else {
                file[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : NASTY[random.nextInt(NASTY.length)]);
            }
        }
    }
}

package io.github.comfyeks.model.store.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** CRC-64/NVME, S3's default checksum, which the JDK lacks: reflected, eight bytes a step. */
final class Crc64 implements Checksum {
    private static final long POLYNOMIAL = 0x9A6C_9329_AC4B_C9B5L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long state = -1;

    /** The table at i says what a byte does that has i bytes after it. */
    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < tables.length; table++) {
            for (int value = 0; value < 256; value++) {
                long before = tables[table - 1][value];
                tables[table][value] = before >>> Byte.SIZE ^ tables[0][(int) before & 0xff];
            }
        }
        return tables;
    }

    @Override
    public void update(int value) {
        state = state >>> Byte.SIZE ^ TABLES[0][((int) state ^ value) & 0xff];
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        long crc = state;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long mixed = crc ^ (long) LONG.get(bytes, at);
            crc = TABLES[7][(int) mixed & 0xff]
                    ^ TABLES[6][(int) (mixed >>> 8) & 0xff]
                    ^ TABLES[5][(int) (mixed >>> 16) & 0xff]
                    ^ TABLES[4][(int) (mixed >>> 24) & 0xff]
                    ^ TABLES[3][(int) (mixed >>> 32) & 0xff]
                    ^ TABLES[2][(int) (mixed >>> 40) & 0xff]
                    ^ TABLES[1][(int) (mixed >>> 48) & 0xff]
                    ^ TABLES[0][(int) (mixed >>> 56) & 0xff];
        }
        state = crc;
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }
}

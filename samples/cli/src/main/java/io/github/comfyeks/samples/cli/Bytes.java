package io.github.comfyeks.samples.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes as people write them: {@code 5000000}, {@code 200M}, {@code 100G}, {@code 2T}; a letter stands for a power of 1,024. */
final class Bytes implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})([KMGT]?)");
    private static final String UNITS = "KMGT";
    private static final int BITS = 10;

    @Override
    public Long convert(String text) {
        Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no number of bytes such as 5000000, 200M or 100G");
        }
        int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (power * BITS));
        } catch (ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is more than any disk holds");
        }
    }

    /** For people, in the largest unit that leaves a whole number. */
    static String text(long bytes) {
        int power = 0;
        long left = bytes;
        while (left >= 10L << BITS && power < UNITS.length()) {
            left >>= BITS;
            power++;
        }
        return left + (power == 0 ? " bytes" : " " + UNITS.charAt(power - 1) + "iB");
    }
}

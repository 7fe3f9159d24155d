package io.github.comfyeks.file.internal;

import java.io.IOException;

/**
 * SVG: the text of its {@code metadata} elements. No XML parser: those load what a hostile file names, and SaveSVGNode writes
 * CDATA that a parser refuses if a prompt holds its end mark.
 */
final class Svg implements Format {
    private static final String OPEN = "<metadata";
    private static final String CLOSE = "</metadata";
    private static final String CDATA = "<![CDATA[";

    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        Block all = file.rest("SVG");
        boolean wide = all.startsWith("\u00ff\u00fe") || all.startsWith("\u00fe\u00ff");
        String svg = wide ? Texts.utf16(all.rest()) : all.text();
        int at = 0;
        while ((at = svg.indexOf('<', at)) >= 0) {
            if (svg.startsWith("<!--", at)) {
                at = after(svg, "-->", at + 4);
            } else if (svg.startsWith(CDATA, at)) {
                at = after(svg, "]]>", at + CDATA.length());
            } else if (svg.startsWith(OPEN, at)) {
                at = metadata(svg, at, found);
            } else {
                at++;
            }
        }
    }

    private static int after(String svg, String mark, int from) {
        int at = svg.indexOf(mark, from);
        return at < 0 ? svg.length() : at + mark.length();
    }

    private static int metadata(String svg, int at, Found found) throws FileFault {
        String where = "metadata element at character " + at;
        int from = after(svg, ">", at);
        if (svg.startsWith("/>", from - 2)) {
            return from;
        }
        int start = from;
        while (start < svg.length() && Character.isWhitespace(svg.charAt(start))) {
            start++;
        }
        int end;
        String text;
        if (svg.startsWith(CDATA, start)) {
            end = endOfCdata(svg, start + CDATA.length());
            text = end < 0 ? "" : svg.substring(start + CDATA.length(), end);
        } else {
            end = svg.indexOf(CLOSE, from);
            text = end < 0 ? "" : unescaped(svg.substring(from, end));
        }
        if (end < 0) {
            throw new FileFault(where + " has no end: the file is cut; fetch it again");
        }
        found.text("metadata", text, where);
        return end;
    }

    /** The end mark that the element's end follows, since a prompt may hold the mark. */
    private static int endOfCdata(String svg, int from) {
        int at = from;
        while ((at = svg.indexOf("]]>", at)) >= 0) {
            int next = at + 3;
            while (next < svg.length() && Character.isWhitespace(svg.charAt(next))) {
                next++;
            }
            if (svg.startsWith(CLOSE, next)) {
                return at;
            }
            at += 3;
        }
        return -1;
    }

    private static String unescaped(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}

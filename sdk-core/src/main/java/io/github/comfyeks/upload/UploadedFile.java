package io.github.comfyeks.upload;

/**
 * A file on the server, by the name that the server gave it: not always the one that was asked for (H7). Immutable.
 *
 * @param name its name
 * @param subfolder the folder below that of its type, with {@code /}; empty for none
 * @param type ComfyUI's folder: {@code input}, {@code temp} or {@code output}
 */
public record UploadedFile(String name, String subfolder, String type) {
    /** How {@code LoadImage} and its kin name it: {@code sub/name.png}, with {@code  [temp]} if it is not in the input folder. */
    public String reference() {
        String path = subfolder.isEmpty() ? name : subfolder + "/" + name;
        return type.equals("input") ? path : path + " [" + type + "]";
    }

    /** The reference. */
    @Override
    public String toString() {
        return reference();
    }
}

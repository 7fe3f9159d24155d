package io.github.comfyeks.server;

import io.github.comfyeks.error.AuthenticationException;
import io.github.comfyeks.error.ComfyException;
import io.github.comfyeks.error.HttpStatusException;
import java.util.List;
import java.util.Optional;

/**
 * The files that ComfyUI keeps for its user, workflows above all: {@code /userdata}. Paths are relative to the user's folder,
 * with {@code /}, such as {@code workflows/portrait.json}; any character is taken as it is. Each call is a request and blocks
 * until it is answered. Safe for any number of threads.
 *
 * <p>A server started with {@code --multi-user} wants to know the user: give the client a header {@code Comfy-User}.
 *
 * <p>Every call throws a {@link ComfyException}; a path that leads out of the user's folder is refused by the server with an
 * {@link AuthenticationException}, status 403.
 */
public interface UserdataApi {
    /**
     * The paths of the files in a folder, relative to it: {@code GET /userdata?dir=…}. Empty if there is no such folder.
     *
     * @param recurse whether to list its subfolders' files too
     */
    List<String> list(String dir, boolean recurse);

    /** The same with size and times: {@code GET /userdata?dir=…&full_info=true}. */
    List<UserdataFile> listFiles(String dir, boolean recurse);

    /** A file's content, held in memory: {@code GET /userdata/{file}}. Empty if there is no such file. */
    Optional<byte[]> read(String path);

    /**
     * Writes a file, and the folders on its way: {@code POST /userdata/{file}}.
     *
     * @param overwrite whether to replace a file that is there
     * @return the file, its path relative to the user's folder
     * @throws HttpStatusException with 409 if it is there and must not be replaced
     */
    UserdataFile write(String path, byte[] content, boolean overwrite);

    /**
     * Moves or renames a file: {@code POST /userdata/{file}/move/{dest}}.
     *
     * @param overwrite whether to replace a file that is there
     * @return the file at its new place, relative to the user's folder
     * @throws HttpStatusException with 404 if it is not there, with 409 if the other is and must not be replaced
     */
    UserdataFile move(String from, String to, boolean overwrite);

    /**
     * Deletes a file: {@code DELETE /userdata/{file}}.
     *
     * @return whether it was there; false also if an attempt whose answer was lost has deleted it before
     */
    boolean delete(String path);
}

/**
 * Any file that holds a workflow: {@code WorkflowFile} finds what is in it by its content and gives the prompt, the editor's
 * workflow, or the parameters of AUTOMATIC1111's web UI.
 *
 * <p>It reads JSON (API format, the editor's versions 0.4 and 1.0, the body of a {@code POST /prompt}) and what ComfyUI and its
 * extensions write into the files that they save:
 *
 * <table>
 * <caption>Where workflows lie</caption>
 * <tr><th>File</th><th>Place</th></tr>
 * <tr><td>PNG, APNG</td><td>{@code tEXt}, {@code zTXt}, {@code iTXt}, {@code eXIf}; {@code comf}, as SaveAnimatedPNG writes</td></tr>
 * <tr><td>WebP, JPEG, AVIF</td><td>EXIF: any text tag with {@code prompt:} or {@code workflow:} before it, or JSON, such as in
 * UserComment and ImageDescription; of JPEG the comment too</td></tr>
 * <tr><td>MP4, MOV</td><td>{@code moov}: {@code keys} and {@code ilst} under {@code meta}, in {@code udta} or not, the comment
 * ({@code ©cmt}) as VideoHelperSuite writes it, and free-form items</td></tr>
 * <tr><td>WebM, Matroska</td><td>{@code Tags}</td></tr>
 * <tr><td>FLAC, Ogg (Opus, Vorbis, FLAC)</td><td>Vorbis comments</td></tr>
 * <tr><td>MP3</td><td>ID3v2: {@code TXXX}, {@code COMM}</td></tr>
 * <tr><td>SVG</td><td>{@code metadata}</td></tr>
 * <tr><td>safetensors, latent</td><td>{@code __metadata__}</td></tr>
 * <tr><td>GLB</td><td>{@code asset.extras}</td></tr>
 * <tr><td>EXR</td><td>string attributes of the header</td></tr>
 * </table>
 *
 * <p>Media are never decoded and never wholly in memory. To turn the editor's workflow into a prompt is the business of {@code
 * convert}; nothing here talks to a server or writes files.
 */
@NullMarked
package io.github.comfyeks.file;

import org.jspecify.annotations.NullMarked;

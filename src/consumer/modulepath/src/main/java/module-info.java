/** A module of somebody else's. */
module castle {
    requires io.github.comfyeks.core;
    requires io.github.comfyeks.testing;
}

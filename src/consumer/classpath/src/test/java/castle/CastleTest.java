package castle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.testing.FakeComfyExtension;
import io.github.comfyeks.testing.FakeComfyServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeComfyExtension.class)
class CastleTest {
    @Test
    void paintsOnTheClassPath(FakeComfyServer server) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Castle.paint(server.uri())));

        assertEquals(48, picture.getWidth());
        assertEquals(32, picture.getHeight());
        assertEquals(3368601, picture.getRGB(7, 7) & 0xffffff);
        assertEquals(1, server.runs().size());
        assertFalse(ComfyClient.class.getModule().isNamed(), "this project has no modules");
    }
}

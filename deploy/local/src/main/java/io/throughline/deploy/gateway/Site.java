package io.throughline.deploy.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// The pages that are open to everyone: what this is, and how it is called, to read and to try. They hold no data, and ask no other host
/// for anything.
///
/// @param files by their paths; the document of the API is not among them
public record Site(Map<String, File> files) {
    /// Where the document of the API is served.
    static final String DOCUMENT = "/api/openapi.json";
    static final String JSON = "application/json";
    /// Scripts of this origin only. The component sets styles at its elements.
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    static final Map<String, String> HEADERS = Map.of("Content-Security-Policy", POLICY, "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer", "Cache-Control", "no-cache");

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    public Site {
        files = Map.copyOf(files);
    }

    /// One file of it.
    ///
    /// @param name under which a server of files keeps it
    public record File(String name, String mediaType, Buffer content) {}

    /// As it lies on the class path.
    public static Site load() throws IOException {
        var component = "/META-INF/resources/webjars/swagger-ui/" + componentVersion() + "/";
        var files = new TreeMap<String, File>();
        files.put("/", new File("index.html", HTML, read("/site/index.html")));
        files.put("/api", new File("api.html", HTML, read("/site/api.html")));
        files.put("/api/site.css", new File("api/site.css", STYLE, read("/site/site.css")));
        files.put("/api/start.js", new File("api/start.js", SCRIPT, read("/site/start.js")));
        files.put("/api/swagger-ui.css", new File("api/swagger-ui.css", STYLE, read(component + "swagger-ui.css")));
        files.put("/api/swagger-ui-bundle.js", new File("api/swagger-ui-bundle.js", SCRIPT, read(component + "swagger-ui-bundle.js")));
        files.put("/api/icon.png", new File("api/icon.png", "image/png", read(component + "favicon-32x32.png")));
        return new Site(files);
    }

    /// Writes all of it for a server of files.
    public void write(Path folder, byte[] document) throws IOException {
        for (var file : files.values()) {
            save(folder.resolve(file.name()), file.content().getBytes());
        }
        save(folder.resolve(DOCUMENT.substring(1)), document);
    }

    private static void save(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    Optional<File> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /// Whether a request only reads; what is open to everyone takes nothing.
    static boolean isRead(HttpServerRequest request) {
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    }

    static void answer(HttpServerRequest request, String mediaType, Buffer content) {
        var response = request.response();
        if (!response.closed()) {
            HEADERS.forEach(response::putHeader);
            response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType).end(content);
        }
    }

    private static String componentVersion() throws IOException {
        var properties = new Properties();
        try (var file = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(file);
        }
        return properties.getProperty("version");
    }

    private static Buffer read(String resource) throws IOException {
        try (var file = open(resource)) {
            return Buffer.buffer(file.readAllBytes());
        }
    }

    private static InputStream open(String resource) throws IOException {
        var file = Site.class.getResourceAsStream(resource);
        if (file == null) {
            throw new IOException("The page " + resource + " is missing in this build.");
        }
        return file;
    }
}

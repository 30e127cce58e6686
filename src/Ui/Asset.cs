using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Ui;

/// <summary>The files of wwwroot, embedded. An address carries the content's hash, so that browsers keep a file forever.</summary>
public static class Asset
{
    private const string Folder = "wwwroot/";

    private static readonly FrozenDictionary<string, Content> All = Read(typeof(Asset).Assembly).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The address of an asset: "/assets/3f0c9a12b4de/office.css". Throws where there is none of that name.</summary>
    public static string Url(string name) => $"/assets/{All[name].Hash}/{name}";

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/assets/{hash}/{name}", Send).AllowAnonymous().ExcludeFromDescription();

    private static IResult Send(string hash, string name, HttpContext http)
    {
        if (!All.TryGetValue(name, out var asset)) return Results.NotFound();
        // During a rollout an old page may ask a new process: it gets today's file, but does not keep it.
        http.Response.Headers.CacheControl = hash == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (!asset.Compressible || !AcceptsBrotli(http.Request)) return Results.Bytes(asset.Bytes, asset.ContentType);
        http.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli.Value, asset.ContentType);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br" && e.Quality is not 0);

    private static IEnumerable<KeyValuePair<string, Content>> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;   // named by the assembly itself
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource[Folder.Length..];
            yield return new(name, new Content(content, ContentTypeOf(name)));
        }
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".txt" => "text/plain; charset=utf-8",
        _ => throw new InvalidOperationException($"No content type is known for the asset {name}."),
    };

    private sealed class Content(byte[] content, string contentType)
    {
        public byte[] Bytes => content;
        public string ContentType => contentType;
        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(content)[..6]);
        public bool Compressible => contentType != "image/png";
        public Lazy<byte[]> Brotli { get; } = new(() => Compress(content));

        private static byte[] Compress(byte[] content)
        {
            using var target = new MemoryStream();
            using (var brotli = new BrotliStream(target, CompressionLevel.Optimal)) brotli.Write(content);
            return target.ToArray();
        }
    }
}

using System.Text;
using SkiaSharp;

namespace HaoSuan.Ui;

/// <summary>
/// The font of papers and posters: Noto Sans CJK, which every Linux distribution packs. A PDF embeds the characters that it uses, and says
/// of each which one it is, so that what is copied from it or searched in it is what was written.
/// </summary>
internal sealed class PaperFont : IDisposable
{
    public const string Package = "fonts-noto-cjk";

    private static readonly string[] Folders =
        ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/fonts")];

    private const string FileName = "NotoSansCJK-Regular.ttc";
    private const int Chinese = 2;      // the collection's faces: JP, KR, SC, TC, HK

    private readonly SKTypeface _face;
    private readonly Dictionary<float, SKFont> _sizes = [];

    private PaperFont(SKTypeface face) => _face = face;

    /// <summary>Null where the font is not installed.</summary>
    /// <param name="folders">Where fonts are, if not where this machine keeps them.</param>
    public static PaperFont? Find(IEnumerable<string>? folders = null) =>
        (folders ?? Folders).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, FileName, SearchOption.AllDirectories)).FirstOrDefault() is { } file
        && SKTypeface.FromFile(file, Chinese) is { } face ? new(face) : null;

    public float Width(string text, float size) => Font(size).MeasureText(text);

    public void Draw(SKCanvas canvas, string text, float x, float y, float size, SKPaint paint)
    {
        var font = Font(size);
        var (glyphs, utf8) = (font.GetGlyphs(text), Encoding.UTF8.GetBytes(text));
        using var builder = new SKTextBlobBuilder();
        var run = builder.AllocateRawPositionedTextRun(font, glyphs.Length, utf8.Length);
        glyphs.CopyTo(run.Glyphs);
        font.GetGlyphPositions(text).CopyTo(run.Positions);
        utf8.CopyTo(run.Text);
        var (glyph, at) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            run.Clusters[glyph++] = (uint)at;
            at += rune.Utf8SequenceLength;
        }
        using var blob = builder.Build();
        if (blob is not null) canvas.DrawText(blob, x, y, paint);
    }

    public void Dispose()
    {
        foreach (var font in _sizes.Values) font.Dispose();
        _face.Dispose();
    }

    // Widths as on paper, not as on a screen of so many dots.
    private SKFont Font(float size) => _sizes.TryGetValue(size, out var font)
        ? font
        : _sizes[size] = new(_face, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };
}

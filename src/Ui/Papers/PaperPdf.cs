using SkiaSharp;

namespace HaoSuan.Ui;

/// <summary>A paper as a PDF: A4, tables that go over pages with their heads repeated, numbered pages, text that can be selected.</summary>
public static class PaperPdf
{
    public const string MediaType = "application/pdf";

    /// <summary>Whether there is a Chinese font.</summary>
    public static bool IsPossible(IReadOnlyList<string>? fonts = null)
    {
        using var font = PaperFont.Find(fonts);
        return font is not null;
    }

    /// <summary>Null where there is no Chinese font: <see cref="PaperFile"/> says what to install.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="zone">For its moments.</param>
    /// <param name="fonts">Where fonts are, if not where this machine keeps them.</param>
    public static byte[]? Of(Paper paper, Zone zone, IReadOnlyList<string>? fonts = null)
    {
        using var font = PaperFont.Find(fonts);
        if (font is null) return null;
        var pages = new PaperLayout(font, zone).Of(paper);
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = $"{paper.Title} {paper.For}", Producer = "HaoSuan" }))
        {
            foreach (var (index, page) in pages.Index()) Draw(document, page, $"{paper.Title} · {paper.For}", $"第 {index + 1} / {pages.Count} 页", font);
            document.Close();
        }
        return stream.ToArray();
    }

    private static void Draw(SKDocument document, PaperPage page, string foot, string number, PaperFont font)
    {
        var canvas = document.BeginPage(PaperLayout.Width, PaperLayout.Height);
        using var ink = new SKPaint { Color = new(0x1c, 0x23, 0x2b), IsAntialias = true };
        using var soft = new SKPaint { Color = new(0x6b, 0x75, 0x80), IsAntialias = true };
        using var line = new SKPaint { Color = new(0xd0, 0xd6, 0xdc), StrokeWidth = 0.6f };
        using var shade = new SKPaint { Color = new(0xf3, 0xf5, 0xf7) };
        foreach (var (y, height) in page.Shades) canvas.DrawRect(PaperLayout.Margin, y, PaperLayout.Inner, height, shade);
        foreach (var y in page.Rules) canvas.DrawLine(PaperLayout.Margin, y, PaperLayout.Margin + PaperLayout.Inner, y, line);
        foreach (var word in page.Words) font.Draw(canvas, word.Text, word.X, word.Y, word.Size, word.Soft ? soft : ink);
        const float footSize = 8;
        var bottom = PaperLayout.Height - 24;
        font.Draw(canvas, foot, PaperLayout.Margin, bottom, footSize, soft);
        font.Draw(canvas, number, PaperLayout.Margin + PaperLayout.Inner - font.Width(number, footSize), bottom, footSize, soft);
        document.EndPage();
    }
}

using SkiaSharp;

namespace HaoSuan.Ui;

/// <summary>Draws a poster: the offer above, then a card with price and reasons, and at its foot the code beside whoever passes it on.</summary>
public static class PosterPng
{
    public const string MediaType = "image/png";

    /// <summary>In dots: a phone's screen in both directions, with some room.</summary>
    public const int Width = 750, Height = 1200;

    private const float Margin = 48, Inner = Width - (2 * Margin), Left = Margin + 40;
    private const float FootTop = 856, CodeSide = 280, CodeRight = Width - Margin - 20;

    // The colours of tokens.css, by day.
    private static readonly SKColor Brand = new(0x13, 0x54, 0x48), Pale = new(0xe4, 0xef, 0xeb), Seal = new(0xb2, 0x3a, 0x28);
    private static readonly SKColor Ink = new(0x1b, 0x23, 0x20), Soft = new(0x57, 0x60, 0x5b), Line = new(0xe5, 0xe2, 0xd8);

    /// <summary>Whether this machine has a Chinese font.</summary>
    public static bool IsPossible
    {
        get
        {
            using var font = PaperFont.Find();
            return font is not null;
        }
    }

    /// <summary>The same picture for the same poster. Null where there is no Chinese font: <see cref="PosterFile"/> says what to install.</summary>
    /// <param name="poster">What stands on it.</param>
    /// <param name="fonts">Where fonts are, if not where this machine keeps them.</param>
    public static byte[]? Of(Poster poster, IReadOnlyList<string>? fonts = null)
    {
        using var font = PaperFont.Find(fonts);
        if (font is null) return null;
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        canvas.Clear(Brand);
        var top = Head(poster, canvas, font);
        using (var card = Fill(SKColors.White)) canvas.DrawRoundRect(Margin, top, Inner, Height - Margin - top, 28, 28, card);
        Offer(poster, canvas, font, top);
        Foot(poster, canvas, font);
        Code(poster, canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Returns where the card begins.</summary>
    private static float Head(Poster poster, SKCanvas canvas, PaperFont font)
    {
        Say(canvas, font, poster.Operator, Margin, 88, 26, Pale);
        var y = 112f;
        foreach (var line in Lines(font, poster.Title, 52, Inner, 2)) Say(canvas, font, line, Margin, y += 64, 52, SKColors.White, isBold: true);
        y += 10;
        foreach (var line in Lines(font, poster.Summary, 27, Inner, 2)) Say(canvas, font, line, Margin, y += 40, 27, Pale);
        return y + 42;
    }

    private static void Offer(Poster poster, SKCanvas canvas, PaperFont font, float top)
    {
        var y = top + 104;
        Say(canvas, font, poster.Price, Left, y, 68, Seal, isBold: true);
        Say(canvas, font, poster.Note, Left, y += 42, 24, Soft);
        using var dot = Fill(Pale);
        using var tick = new SKPaint { Color = Brand, IsAntialias = true, StrokeWidth = 4, StrokeCap = SKStrokeCap.Round };
        foreach (var point in poster.Points)
        {
            y += 62;
            canvas.DrawCircle(Left + 17, y - 11, 17, dot);
            canvas.DrawLine(Left + 9, y - 11, Left + 15, y - 5, tick);
            canvas.DrawLine(Left + 15, y - 5, Left + 26, y - 17, tick);
            Say(canvas, font, point, Left + 52, y, 30, Ink);
        }
    }

    private static void Foot(Poster poster, SKCanvas canvas, PaperFont font)
    {
        using (var rule = new SKPaint { Color = Line, StrokeWidth = 2 }) canvas.DrawLine(Left, FootTop - 20, CodeRight - 20, FootTop - 20, rule);
        var y = FootTop + 70;
        Say(canvas, font, "长按识别二维码办理", Left, y, 30, Ink, isBold: true);
        y += 14;
        foreach (var line in Lines(font, poster.Seller, 26, CodeRight - CodeSide - Left - 10, 2)) Say(canvas, font, line, Left, y += 38, 26, Ink);
        Say(canvas, font, $"编号 {poster.SellerCode}", Left, y + 36, 22, Soft);
        Say(canvas, font, "资费与办理条件以办理页面为准", Left, FootTop + CodeSide - 20, 20, Soft);
    }

    /// <summary>Whole dots for each module: a scanner meets sharp edges.</summary>
    private static void Code(Poster poster, SKCanvas canvas)
    {
        using var ink = new SKPaint { Color = SKColors.Black };
        var module = (int)CodeSide / poster.Code.Count;
        var (left, top) = (CodeRight - (module * poster.Code.Count), FootTop + ((CodeSide - (module * poster.Code.Count)) / 2));
        foreach (var (y, row) in poster.Code.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                if (row[x]) canvas.DrawRect(left + (x * module), top + (y * module), module, module, ink);
            }
        }
    }

    private static void Say(SKCanvas canvas, PaperFont font, string text, float x, float y, float size, SKColor color, bool isBold = false)
    {
        if (text.Length == 0) return;
        using var paint = Fill(color);
        if (isBold) (paint.Style, paint.StrokeWidth) = (SKPaintStyle.StrokeAndFill, size / 24);
        font.Draw(canvas, text, x, y, size, paint);
    }

    private static SKPaint Fill(SKColor color) => new() { Color = color, IsAntialias = true };

    /// <summary>Breaks the text; what has no room ends with three dots.</summary>
    private static List<string> Lines(PaperFont font, string text, float size, float width, int most)
    {
        List<string> lines = [""];
        foreach (var rune in text.EnumerateRunes())
        {
            var longer = $"{lines[^1]}{rune}";
            if (font.Width(longer, size) <= width)
            {
                lines[^1] = longer;
            }
            else if (lines.Count < most)
            {
                lines.Add($"{rune}");
            }
            else
            {
                lines[^1] = $"{string.Concat(lines[^1].EnumerateRunes().SkipLast(1))}…";
                break;
            }
        }
        return lines;
    }
}

namespace HaoSuan.Tests.Browser;

/// <summary>
/// Pictures for people to look at: of every page that the journeys see in the folder HAOSUAN_PICTURES, and those of the README in the
/// folder HAOSUAN_FACES (docs/img).
/// </summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("HAOSUAN_PICTURES");

    public static async Task KeepAsync(IPage page, Size size, string name)
    {
        if (Folder is null) return;
        var path = Path.Combine(Folder, $"{size.Name}{FileName(name)}.png");
        // The caret stays: to hide it Playwright writes a style into the page, which the content security policy refuses.
        await page.ScreenshotAsync(new() { Path = path, FullPage = true, Caret = ScreenshotCaret.Initial });
    }

    public static async Task FaceAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HAOSUAN_FACES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Caret = ScreenshotCaret.Initial });
    }

    private static string FileName(string page) =>
        string.Concat((Uri.TryCreate(page, UriKind.Absolute, out var address) ? address.PathAndQuery : page)
            .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}

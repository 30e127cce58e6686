namespace HaoSuan.Tests.Browser;

/// <summary>The real Chromium, once for all journeys. Where there is none the journeys fail.</summary>
public sealed class Chrome : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private const string Phone =
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

    private int _people;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("LANGUAGE", "zh_CN");        // in which Chromium writes the dates of its own controls
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.FindExecutable(), Args = Arguments });
    }

    /// <summary>A person's browser of its own: other cookies, nothing remembered.</summary>
    public async Task<Screen> OpenAsync(Size size, Uri site)
    {
        var context = await _browser!.NewContextAsync(new()         // launched above
        {
            BaseURL = site.ToString(),
            ViewportSize = new() { Width = size.Width, Height = size.Height },
            IsMobile = size == Size.Phone,
            HasTouch = size == Size.Phone,
            UserAgent = size == Size.Phone ? Phone : null,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ReducedMotion = ReducedMotion.Reduce,
            // Everybody comes from an address of his own: sign-ins are counted by address.
            ExtraHTTPHeaders = [new("X-Forwarded-For", $"10.0.0.{Interlocked.Increment(ref _people)}")],
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return new(context, await context.NewPageAsync(), size);
    }

    /// <summary>How long a page may take before a journey fails: generous, because the machine may be busy.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>What a person looks at.</summary>
public sealed record Size(string Name, int Width, int Height)
{
    public static Size Phone { get; } = new("phone", 390, 844);

    public static Size Desk { get; } = new("desk", 1440, 900);
}

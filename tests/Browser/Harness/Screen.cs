using System.Text.RegularExpressions;
using HaoSuan.Web.Demo;

namespace HaoSuan.Tests.Browser;

/// <summary>
/// One person's browser. Whatever page it shows is held to the same rules by <see cref="Check"/>: nothing to scroll sideways, nothing
/// in the console (where violations of the content security policy stand), no answer with an error of the server.
/// </summary>
public sealed class Screen : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Size _size;
    private readonly List<string> _faults = [];

    internal Screen(IBrowserContext context, IPage page, Size size)
    {
        (_context, Page, _size) = (context, page, size);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsRefusedForm(message.Text)) _faults.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => _faults.Add($"script: {error}");
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 500) _faults.Add($"{answer.Status} {answer.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Opens an address of the site and holds the page to the rules.</summary>
    public async Task Open(string path)
    {
        var answer = await Page.GotoAsync(path);
        Assert.True(answer is { Status: 200 }, $"{path}: {answer?.Status}");
        await Check(path);
    }

    public async Task SignIn(string name)
    {
        await Open("/sign-in");
        await Fill("用户名", name);
        await Fill("密码", SignIns.Password);
        await Press("登录");
        await Arrive(new("/(office|agent)$"));
    }

    /// <summary>Waits until the address is that one, and holds the page to the rules.</summary>
    public async Task Arrive(Regex address)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(address, new() { Timeout = (float)Chrome.Patience.TotalMilliseconds });
        await Check(Page.Url);
    }

    /// <summary>Fills a field by its label.</summary>
    public Task Fill(string label, string value) => Page.GetByLabel(label).First.FillAsync(value);

    /// <summary>Presses a button and returns the status with which the page that it leads to was answered.</summary>
    public async Task<int> Send(string button)
    {
        var answer = await Page.RunAndWaitForResponseAsync(() => Press(button), a => a.Request.Method == "POST");
        await Check(Page.Url);
        return answer.Status;
    }

    /// <summary>Presses a button that asks first, and says yes.</summary>
    public async Task Confirm(string button)
    {
        await Press(button);
        await Page.Locator("dialog.ask").GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    /// <summary>An amount among a page's details, by what stands before it.</summary>
    public async Task<Money> Amount(string label)
    {
        var text = await Page.Locator(".detail", new() { Has = Page.Locator($"dt:text-is('{label}')") }).Locator(".yuan").First.InnerTextAsync();
        Assert.True(YuanText.TryRead(text.Replace("￥", "", StringComparison.Ordinal), out var amount), text);
        return amount;
    }

    /// <summary>What is said beside a field.</summary>
    public ILocator ErrorOf(string field) => Page.Locator($"#field-{field}-error");

    public Task Press(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    public Task Follow(string link) => Page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    /// <summary>Waits until the page says this.</summary>
    public Task Sees(string words) => Sees(Page.GetByText(words).First);

    public Task Sees(ILocator what) =>
        Assertions.Expect(what).ToBeVisibleAsync(new() { Timeout = (float)Chrome.Patience.TotalMilliseconds });

    /// <summary>Holds the page as it is now to the rules.</summary>
    /// <param name="name">What the message of a fault calls the page, and its picture.</param>
    public async Task Check(string name)
    {
        // The page is asked, since the browser's word that it has loaded may come before one waits for it, and is not told again.
        await Page.WaitForFunctionAsync("document.readyState === 'complete'");
        var (shown, needed) = (await Page.EvaluateAsync<int>("innerWidth"), await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(needed <= shown, $"{name} needs {needed} pixels and has {shown}: {await WidestAsync(shown)}");
        Assert.True(_faults.Count == 0, $"{name}: {string.Join("; ", _faults)}");
        await Pictures.KeepAsync(Page, _size, name);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    /// <summary>The browser says in its console that a form was answered with 422, which is how a refused form is answered.</summary>
    private static bool IsRefusedForm(string message) => message.Contains("status of 422", StringComparison.Ordinal);

    private Task<string> WidestAsync(int shown) => Page.EvaluateAsync<string>("""
        shown => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > shown + 1)
          .slice(0, 5).map(e => e.tagName.toLowerCase() + '.' + e.className).join(' ')
        """, shown);
}

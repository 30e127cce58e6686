namespace HaoSuan.Tests.Web;

public sealed class HostTests(App app)
{
    [Fact]
    public async Task It_says_that_it_is_healthy()
    {
        var page = await app.Visit().Open("/health", "application/json");

        Assert.Equal((200, """{"status":"ok"}"""), (page.Status, page.Text));
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_what_its_page_may_do()
    {
        var page = await app.Visit().Open("/sign-in");

        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("max-age", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Empty(page.Document.QuerySelectorAll("style, [style], script:not([src]), [onclick]"));
    }

    [Fact]
    public async Task Assets_are_kept_for_good_and_everybody_gets_them()
    {
        var visitor = app.Visit();
        var sheet = (await visitor.Open("/sign-in")).Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        var asset = await visitor.Open(sheet, "text/css");

        Assert.Equal(200, asset.Status);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chinese_is_written_as_it_is()
    {
        var page = await app.Visit().Open("/sign-in");

        Assert.Contains("密码", page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("&#x[0-9A-F]{4};", page.Text);
    }

    [Theory]
    [InlineData("/nowhere", "/")]
    [InlineData("/s/demo-ABCDEFGH/x/y/z", "/s/demo-ABCDEFGH")]
    public async Task What_is_not_there_says_so_and_leads_back(string path, string back)
    {
        var page = await app.Visit().Open(path);

        Assert.Equal(404, page.Status);
        Assert.Equal(back, page.Document.QuerySelector("#page a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_program_is_told_in_its_own_way()
    {
        var page = await app.Visit().Open("/nowhere", "application/json");

        Assert.Equal("application/problem+json", page.ContentHeaders.ContentType!.MediaType);
        Assert.Contains("\"status\":404", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/notify/wechat/nobody")]
    public async Task A_callback_for_an_unknown_operator_is_not_found(string path)
    {
        var page = await app.Visit().Post(path, ("x", "y"));

        Assert.Equal(404, page.Status);
    }

    [Fact]
    public async Task The_root_leads_everybody_home()
    {
        Assert.Equal("/sign-in", (await app.Visit().Open("/")).Location);
        Assert.Equal("/office", (await (await app.VisitAs("finance")).Open("/")).Location);
    }
}

namespace HaoSuan.Tests.Web;

/// <summary>Pages have Chinese words, and so has what they refuse, until their reader chooses English for it.</summary>
public sealed class ReaderLanguageTests(App app)
{
    private static string LinkIn(Page page) => page.Document.QuerySelector("#page a[href^='/language/']")!.GetAttribute("href")!;

    private static async Task<string?> TooShort(Visitor visitor) =>
        (await visitor.Submit("/password", "/password", ("present", App.Password), ("password", "short"))).ErrorOf("password");

    [Fact]
    public async Task A_page_refuses_in_its_own_language_whatever_the_browser_asks_for()
    {
        var refused = await app.Visit("en-US,en;q=0.9").SignIn("nobody@demo", App.Password);

        Assert.Equal(422, refused.Status);
        Assert.Contains("用户名或密码不对。", refused.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Wrong", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_chooses_English_on_a_page_comes_back_to_it_and_is_refused_in_English_until_he_chooses_Chinese()
    {
        var visitor = await app.VisitAs("operations");
        Assert.Equal("密码至少 10 个字符。", await TooShort(visitor));

        var chosen = await visitor.Open(LinkIn(await visitor.Open("/inbox?page=1")), from: "/inbox?page=1");
        Assert.Equal((302, "/inbox?page=1"), (chosen.Status, chosen.Location));
        Assert.Equal("A password has at least 10 characters.", await TooShort(visitor));

        await visitor.Open(LinkIn(await visitor.Open("/inbox")));
        Assert.Equal("密码至少 10 个字符。", await TooShort(visitor));
    }

    [Theory]
    [InlineData("https://elsewhere.test/trap")]
    [InlineData("//elsewhere.test/trap")]
    [InlineData("https://haoka.test//elsewhere.test/trap")]
    public async Task A_choice_leads_nobody_elsewhere(string from) =>
        Assert.Equal("/", (await app.Visit().Open("/language/en", from: from)).Location);

    [Fact]
    public async Task What_is_no_language_of_ours_is_not_found() => Assert.Equal(404, (await app.Visit().Open("/language/fr")).Status);
}

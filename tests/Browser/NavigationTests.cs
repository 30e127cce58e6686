using HaoSuan.Web.Demo;

namespace HaoSuan.Tests.Browser;

/// <summary>Whoever signs in may follow every entry of the navigation, on a phone and at a desk.</summary>
public sealed class NavigationTests(Chrome chrome, Installation installation)
{
    public static TheoryData<string, Size> Everybody => new(
        from name in SignIns.All.Select(s => s.Name)
        from size in new[] { Size.Phone, Size.Desk }
        select (name, size));

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Every_page_of_the_navigation_opens_without_fault(string name, Size size)
    {
        await using var screen = await chrome.OpenAsync(size, installation.Address);
        await screen.SignIn(name);
        var pages = await screen.Page.Locator(".side-nav a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");
        Assert.NotEmpty(pages);

        foreach (var page in pages) await screen.Open(page);
    }
}

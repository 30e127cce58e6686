using System.Text.RegularExpressions;
using HaoSuan.Tests.Support;
using HaoSuan.Ui;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed partial class AssetTests
{
    private static readonly string Ui = Path.Combine(Repository.Root, "src", "Ui");

    [Fact]
    public void The_shop_loads_less_than_60_kB_even_uncompressed() =>
        Assert.InRange(new[] { "shop.css", "ui.js", "icons.svg", "mark.svg" }.Sum(Size), 1, 50_000);   // the rest is for the page

    [Fact]
    public void The_address_of_an_asset_carries_the_hash_of_its_content() =>
        Assert.Matches("^/assets/[0-9a-f]{12}/shop.css$", Asset.Url("shop.css"));

    [Fact]
    public void An_asset_that_does_not_exist_is_a_bug() => Assert.Throws<KeyNotFoundException>(() => Asset.Url("shop.less"));

    [Fact]
    public void Every_icon_that_a_component_draws_is_in_the_sprite()
    {
        var sprite = File.ReadAllText(Path.Combine(Ui, "wwwroot", "icons.svg"));

        Assert.All(Markup().SelectMany(m => Icon().Matches(m.Text).Select(i => i.Groups[1].Value)),
            name => Assert.Contains($"id=\"{name}\"", sprite, StringComparison.Ordinal));
    }

    [Fact]
    public void No_page_has_an_inline_script_style_or_handler() =>
        Assert.Empty(Markup().SelectMany(m => Inline().Matches(m.Text).Select(i => $"{m.Path}: {i.Value}")));

    [Theory]
    [InlineData("<p style=\"color: red\">")]
    [InlineData("<button onclick=\"go()\">")]
    [InlineData("<script>go()</script>")]
    [InlineData("<style>p { color: red }</style>")]
    public void What_the_content_security_policy_refuses_is_found(string markup) => Assert.Matches(Inline(), markup);

    [Fact]
    public void The_lock_file_names_no_registry() =>
        Assert.DoesNotMatch("\"resolved\"", File.ReadAllText(Path.Combine(Ui, "assets", "package-lock.json")));

    private static long Size(string name) => new FileInfo(Path.Combine(Ui, "wwwroot", name)).Length;

    private static IEnumerable<(string Path, string Text)> Markup() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.razor", SearchOption.AllDirectories).Select(p => (p, File.ReadAllText(p)));

    [GeneratedRegex("(?:<Icon Name|\\bIcon)=\"([a-z0-9-]+)\"")]
    private static partial Regex Icon();

    [GeneratedRegex("""<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script(?![^>]*\bsrc=)""")]
    private static partial Regex Inline();
}

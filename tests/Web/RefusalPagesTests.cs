using HaoSuan.Catalog;
using HaoSuan.Identity;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

/// <summary>What contradicts itself or what stands already is refused on its page with the reason, in the reader's language.</summary>
public sealed class RefusalPagesTests(App app)
{
    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An operator of its own, so that closing its months disturbs nobody.</summary>
    private async Task<(Visitor Finance, Visitor Operations, Sample Sample, Tenant Tenant)> NewWorld(string language)
    {
        var slug = $"refusal{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, slug, Cancel);
        foreach (var role in new[] { Role.Finance, Role.Operations })
            _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(role.ToString(), App.Password, role), tenant)).Value;
        var sample = await Sample.MakeAsync(app, tenant);
        var (finance, operations) = (await app.VisitAs("finance", slug), await app.VisitAs("operations", slug));
        finance.Prefer(language);
        operations.Prefer(language);
        return (finance, operations, sample, tenant);
    }

    [Theory]
    [InlineData("zh-CN", "与这个阶段的其他条件矛盾", "这条规则会扣回“激活并首充”的每一单")]
    [InlineData("en", "It contradicts another condition of the stage", "The rule takes back every order of “激活并首充”")]
    public async Task A_scheme_that_contradicts_itself(string language, string never, string always)
    {
        var (finance, _, sample, _) = await NewWorld(language);
        var editor = $"/office/products/{sample.Product}/schemes/new";
        var added = await finance.Submit(editor, editor, ("do", "add-quiet stages[0].when"));
        var quiet = $"stages[0].when[{added.Document.QuerySelectorAll("[name$='.for_days']").Single().GetAttribute("name")!.Split("when[")[1][0]}]";
        var ruled = await finance.Submit(added, editor, ("do", "add clawback"));

        var page = await finance.Submit(ruled, editor, ("do", "save"), ($"{quiet}.quiet", "activated"), ("clawback[0].on", "activated"),
            ("clawback[0].after", ""), ("clawback[0].within_days", ""), ("clawback[0].keep", "none"));

        Assert.Equal(422, page.Status);
        Assert.StartsWith(never, page.ErrorBeside($"{quiet}.quiet"), StringComparison.Ordinal);
        Assert.StartsWith(always, page.ErrorBeside("clawback[0].on"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "第 2 版从 2031-01-01 00:00 起生效：生效日期要晚于它。")]
    [InlineData("en", "Version 2 is in force from 2031-01-01 00:00 on: choose a later date.")]
    public async Task Two_versions_from_one_date(string language, string expected)
    {
        var (finance, _, sample, tenant) = await NewWorld(language);
        var product = (await app.With<Products, Product?>(p => p.FindByCodeAsync(sample.Product, Cancel), tenant))!.Id;
        var from = Zone.Shanghai.StartOf(new(2031, 1, 1));
        _ = (await app.With<PublishScheme, Result<int>>(p => p.RunAsync(product, Sample.Scheme, from, Cancel), tenant)).Value;
        var editor = $"/office/products/{sample.Product}/schemes/new";

        Assert.Equal(expected, (await finance.Submit(editor, editor, ("do", "save"), ("from", "2031-01-01"))).ErrorOf("from"));
    }

    [Theory]
    [InlineData("zh-CN", "不能高于上级在“激活并首充”的费率 100.00。")]
    [InlineData("en", "It cannot be above the parent's 100.00 for “激活并首充”.")]
    public async Task A_rate_above_the_parents(string language, string expected)
    {
        var (_, operations, sample, _) = await NewWorld(language);
        var rates = $"/office/distributors/{sample.Child}/rates";

        var above = await operations.Submit(rates, rates, ("stage", $"{sample.Product}/first"), ("rate", "100.01"));

        Assert.Equal(expected, above.ErrorOf("rate"));
    }

    [Theory]
    [InlineData("zh-CN", "已关账")]
    [InlineData("en", "is closed already")]
    public async Task A_month_that_is_closed(string language, string expected)
    {
        var (finance, _, _, _) = await NewWorld(language);
        const string closing = "/office/reports/closing";
        var page = await finance.Open(closing);
        var month = page.Document.QuerySelector("[name=month]")!.GetAttribute("value")!;
        Assert.Equal(302, (await finance.Submit(page, closing)).Status);

        var again = await finance.Post(closing, page.Token, ("month", month));

        Assert.Equal(422, again.Status);
        Assert.Contains($"{month} {expected}", again.Words, StringComparison.Ordinal);
    }
}

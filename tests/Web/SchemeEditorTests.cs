using HaoSuan.Catalog;

namespace HaoSuan.Tests.Web;

/// <summary>A scheme built, tried out, submitted and approved in forms, as a browser without scripts sends them.</summary>
public sealed class SchemeEditorTests(App app)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> Product() => $"/office/products/{(await Sample.MakeAsync(app)).Product}";

    private static readonly (string Name, string Value)[] Example =
    [
        ("example.paid", "0.00"), ("example.ordered_at", "2026-03-01T10:00"), ("example.as_of", "2026-04-20T12:00"),
        ("example.chain[0].name", "总代"), ("example.chain[0].rates-0", "100"), ("example.chain[0].rates-1", "28"),
        ("example.chain[1].name", "小店"), ("example.chain[1].rates-0", "80"), ("example.chain[1].rates-1", "20"),
        ("example.facts[0].fact", "activated"), ("example.facts[0].at", "2026-03-03T09:00"),
        ("example.facts[0].amount", ""), ("example.facts[0].attributes", ""),
        ("example.facts[1].fact", "topped_up"), ("example.facts[1].at", "2026-03-04T09:00"), ("example.facts[1].amount", "60"),
        ("example.facts[1].attributes", "channel=app"),
    ];

    [Fact]
    public async Task Finance_builds_a_scheme_of_two_stages_tries_it_out_and_another_one_approves_it()
    {
        var product = await Product();
        var finance = await app.VisitAs("finance");
        var editor = $"{product}/schemes/new";

        // The first stage is there from the version before: activated and topped up. A second one, and the rules that go with it, are added.
        var added = await finance.Submit(editor, editor, ("do", "add stages"));
        Assert.Equal(200, added.Status);
        var monthEnd = await finance.Submit(added, editor, ("do", "add-month-end stages[1].when"), ("stages[1].name", "次月在网"));
        var removed = await finance.Submit(monthEnd, editor, ("do", "remove stages[1].when[0]"));
        var demanded = await finance.Submit(removed, editor, ("do", "add stages[0].when[1].where"));
        var computed = await finance.Submit(demanded, editor,
        [
            .. Example, ("do", "compute"), ("stages[0].when[1].where[0].name", "channel"), ("stages[0].when[1].where[0].values", "app, courier"),
            ("stages[1].upstream", "30"), ("stages[1].release.mode", "monthly"), ("stages[1].release.months", "1"), ("stages[1].release.day", "15"),
        ]);

        Assert.Contains("充值（channel 为", computed.Words, StringComparison.Ordinal);
        Assert.Contains("小店销售：80.00￥80.00", computed.Words, StringComparison.Ordinal);
        Assert.Contains("总代级差：20.00 = 100.00 - 80.00￥20.00", computed.Words, StringComparison.Ordinal);
        Assert.Contains("激活当月为第 1 个月，第 2 个月末在网状态正常：至今在网正常；保持到月末，将于 2026-05-01 00:00 满足", computed.Words, StringComparison.Ordinal);

        var saved = await finance.Submit(computed, editor, ("do", "save"));
        Assert.Equal((302, $"{product}/schemes/2"), (saved.Status, saved.Location));
        var page = (await finance.Open(saved.Location!)).Words;
        Assert.Contains("次月在网", page, StringComparison.Ordinal);
        Assert.Contains("次月 15 日结", page, StringComparison.Ordinal);
        Assert.Contains("起草：finance", page, StringComparison.Ordinal);
        Assert.Equal(302, (await finance.Submit(saved.Location!, $"{saved.Location}/submit")).Status);

        var own = await finance.Post($"{saved.Location}/approve", (await finance.Open(saved.Location!)).Token);
        Assert.Equal(422, own.Status);
        Assert.Contains("由你编写或提交，不能由你审批", own.Words, StringComparison.Ordinal);
        Assert.Equal(302, (await finance.Submit(saved.Location!, $"{saved.Location}/withdraw")).Status);
        Assert.Contains("撤回：finance", (await finance.Open(saved.Location!)).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await finance.Submit(saved.Location!, $"{saved.Location}/submit")).Status);
        var admin = await app.VisitAs("admin");
        Assert.Contains("第 2 版", (await admin.Open("/office/products")).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await admin.Submit(saved.Location!, $"{saved.Location}/approve")).Status);
        Assert.Contains("佣金方案 · 第 2 版", (await admin.Open(product)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_contradiction_is_told_beside_its_field_in_plain_words_and_what_was_typed_stays()
    {
        var editor = $"{await Product()}/schemes/new";
        var finance = await app.VisitAs("finance");
        var added = await finance.Submit(editor, editor, ("do", "add stages"));

        var page = await finance.Submit(added, editor, ("do", "save"), ("stages[1].key", "first"), ("stages[1].upstream", "1.234"),
            ("stages[0].when[0].fact", "activate"), ("stages[0].when[1].after", ""), ("stages[0].release.days", "soon"), ("clawback[0].keep", "prorata"),
            ("clawback[0].within_days", ""), ("clawback[0].stages", "third"), ("from", "2020-13-01"));

        Assert.Equal(422, page.Status);
        Assert.Equal("代号 first 与前面的阶段重复：请换一个。", page.ErrorBeside("stages[1].key"));
        Assert.Equal("请填金额如 80.00，或比例如 8%，最多两位小数。", page.ErrorBeside("stages[1].upstream"));
        Assert.Equal("不认识“activate”这种事：请从列表里选。", page.ErrorBeside("stages[0].when[0].fact"));
        Assert.Equal("填了期限，请选择在何时之后起算。", page.ErrorBeside("stages[0].when[1].after"));
        Assert.Equal("请填 0 到 36500 的整数。", page.ErrorBeside("stages[0].release.days"));
        Assert.Equal("按已用天数保留，须填几天之内（至少 1 天）。", page.ErrorBeside("clawback[0].within_days"));
        Assert.Equal("没有代号为 third 的阶段：请重新选择要扣回的阶段。", page.ErrorBeside("clawback[0].stages"));
        Assert.Equal("请填写正确的日期。", page.ErrorBeside("from"));
        Assert.Equal("1.234", page.Document.QuerySelector("[name='stages[1].upstream']")!.GetAttribute("value"));
        Assert.DoesNotContain("{\"", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_is_computed_again_by_a_partial_post_and_says_what_to_mend()
    {
        var editor = $"{await Product()}/schemes/new";
        var finance = await app.VisitAs("finance");
        var token = (await finance.Open(editor)).Document.QuerySelector("#scheme input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Task<Page> Compute(params (string, string)[] fields) =>
            finance.Post(editor.Replace("/new", "/example", StringComparison.Ordinal), [("__RequestVerificationToken", token), .. fields]);
        (string, string)[] stage = [("stages[0].key", "first"), ("stages[0].upstream", "120"), ("stages[0].release.mode", "at_once")];

        var computed = await Compute([.. stage, .. Example]);
        var above = await Compute([.. stage, .. Example.Where(f => f.Name != "example.chain[1].rates-0"), ("example.chain[1].rates-0", "100.01")]);
        var highest = await Compute(
            [.. stage, .. Example.Where(f => f.Name != "example.chain[1].rates-0"), ("example.chain[1].rates-0", "110"), ("differential", "highest")]);

        Assert.Equal(200, computed.Status);
        Assert.Null(computed.Document.QuerySelector("nav"));
        Assert.Contains("平台毛利￥20.00", computed.Words, StringComparison.Ordinal);
        Assert.Contains("小店 的费率高于上级 总代", above.Words, StringComparison.Ordinal);
        Assert.Contains("小店销售：110.00￥110.00", highest.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_rejected_with_a_reason_changed_and_submitted_again()
    {
        var product = await Product();
        var (operations, admin) = (await app.VisitAs("operations"), await app.VisitAs("admin"));
        var version = $"{product}/schemes/2";
        await operations.Submit($"{product}/schemes/new", $"{product}/schemes/new", ("do", "save"), ("stages[0].upstream", "110"));
        await operations.Submit(version, $"{version}/submit");

        Assert.Equal($"{version}/withdraw", (await operations.Open(version)).Document.QuerySelector("#page form")!.GetAttribute("action"));
        Assert.NotNull((await admin.Submit(version, $"{version}/reject")).ErrorOf("reason"));
        Assert.Equal(302, (await admin.Submit(version, $"{version}/reject", ("reason", "上游付 130"))).Status);
        Assert.Contains("原因：上游付 130", (await operations.Open(version)).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await operations.Submit($"{version}/edit", $"{version}/edit", ("do", "save"), ("stages[0].upstream", "130"))).Status);
        Assert.Equal(302, (await operations.Submit(version, $"{version}/submit")).Status);
        Assert.Equal(302, (await admin.Submit(version, $"{version}/approve")).Status);

        Assert.Contains("￥130.00", (await admin.Open(product)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await operations.Open($"{version}/edit")).Status);
    }

    [Fact]
    public async Task A_date_of_a_live_version_is_refused_beside_its_field()
    {
        var product = await Product();
        var finance = await app.VisitAs("finance");
        var id = (await app.With<Products, Product?>(p => p.FindByCodeAsync(product.Split('/')[^1], Cancel)))!.Id;
        var later = Instant.From(DateTimeOffset.Parse("2031-01-01T00:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture));
        _ = (await app.With<PublishScheme, Result<int>>(p => p.RunAsync(id, Sample.Scheme, later, Cancel))).Value;

        var same = await finance.Submit($"{product}/schemes/new", $"{product}/schemes/new", ("do", "save"), ("from", "2031-01-01"));
        var past = await finance.Submit($"{product}/schemes/new", $"{product}/schemes/new", ("do", "save"), ("from", "2020-01-01"));

        Assert.Equal("第 2 版从 2031-01-01 00:00 起生效：生效日期要晚于它。", same.ErrorOf("from"));
        Assert.Equal("生效日期已经过去：请选今天或以后的日期。", past.ErrorOf("from"));
    }
}

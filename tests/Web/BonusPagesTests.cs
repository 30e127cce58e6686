namespace HaoSuan.Tests.Web;

/// <summary>A bonus built in forms by one, approved by another, and ended the same way.</summary>
public sealed class BonusPagesTests(App app)
{
    private const string New = "/office/bonuses/new";

    private static (string, string)[] Fields(string product) =>
        [("key", $"v-{product}"), ("products", product), ("stage", "first"), ("scope", "team"), ("basis", "marginal")];

    [Fact]
    public async Task What_is_wrong_is_told_beside_its_field_and_the_example_is_computed()
    {
        var sample = await Sample.MakeAsync(app);
        var visitor = await app.VisitAs("operations");
        var fields = Fields(sample.Product);

        var wrong = await visitor.Submit(New, New, [.. fields.Skip(1), ("do", "save"), ("key", "a/b"), ("tiers[1].from", "1"), ("last", "soon")]);
        var another = await visitor.Submit(New, New, [.. fields, ("do", "add tiers")]);
        var computed = await visitor.Submit(New, New, [.. fields, ("do", "compute")]);
        var missing = await visitor.Submit(New, New, [.. fields.Where(f => f.Item1 != "stage"), ("do", "save"), ("stage", "second")]);
        var months = await visitor.Submit(New, New, [.. fields, ("do", "save"), ("first", "2020-01"), ("last", "2019-12")]);

        Assert.Equal("与上一档（第 1 张起）重叠：每一档的起点要比上一档大。", wrong.ErrorBeside("tiers[1].from"));
        Assert.Equal("代号只能用文字、数字、连字符和下划线，最多 40 个字符。", wrong.ErrorBeside("key"));
        Assert.Equal("请填写月份，如 2026-03。", wrong.ErrorBeside("last"));
        Assert.NotNull(another.Document.QuerySelector("[name='tiers[2].from']"));
        Assert.Equal($"产品 {sample.Product} 的方案没有阶段 second：请改阶段或产品。", missing.ErrorBeside("stage"));
        Assert.Contains("120 张：100 张 × ￥0.00 + 20 张 × ￥5.00 = ￥100.00", computed.Words, StringComparison.Ordinal);
        Assert.StartsWith("月份不能早于 ", months.ErrorBeside("first"), StringComparison.Ordinal);
        Assert.Equal("最后一个月份不能早于首个月份。", months.ErrorBeside("last"));
    }

    [Fact]
    public async Task It_is_written_rejected_changed_withdrawn_approved_and_ended_by_two_people()
    {
        var sample = await Sample.MakeAsync(app);
        var (operations, finance) = (await app.VisitAs("operations"), await app.VisitAs("finance"));
        var (bonus, edit) = ($"/office/bonuses/v-{sample.Product}/1", $"/office/bonuses/v-{sample.Product}/edit");

        Assert.Equal(bonus, (await operations.Submit(New, New, [.. Fields(sample.Product), ("do", "save")])).Location);
        Assert.Equal(302, (await operations.Submit(bonus, $"{bonus}/submit")).Status);
        Assert.Equal(404, (await operations.Open(edit)).Status);
        Assert.NotNull((await finance.Submit(bonus, $"{bonus}/reject")).ErrorOf("reason"));
        Assert.Equal(302, (await finance.Submit(bonus, $"{bonus}/reject", ("reason", "太高"))).Status);
        var page = await operations.Open(edit);
        Assert.Equal("team", page.Document.QuerySelector("[name=scope][checked]")!.GetAttribute("value"));
        Assert.Equal(bonus, (await operations.Submit(page, edit, ("do", "save"), ("tiers[1].per_card", "4"))).Location);
        await operations.Submit(bonus, $"{bonus}/submit");
        Assert.Equal(302, (await operations.Submit(bonus, $"{bonus}/withdraw")).Status);
        await operations.Submit(bonus, $"{bonus}/submit");
        Assert.DoesNotContain("已批准", (await finance.Open(bonus)).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await finance.Submit(bonus, $"{bonus}/approve")).Status);

        var live = (await operations.Open(bonus)).Words;
        foreach (var word in new[] { "原因：太高", "撤回：operations", "批准：finance", "101 张起￥4.00" }) Assert.Contains(word, live, StringComparison.Ordinal);
        var end = (await operations.Submit(bonus, $"/office/bonuses/v-{sample.Product}/end")).Location!;
        Assert.Equal($"/office/bonuses/v-{sample.Product}/2", end);
        Assert.Contains("之后不再发放", (await finance.Open(end)).Words, StringComparison.Ordinal);
        await operations.Submit(end, $"{end}/submit");
        Assert.Equal(302, (await finance.Submit(end, $"{end}/approve")).Status);
        Assert.DoesNotContain("之后不再发放。由另一位", (await operations.Open(bonus)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_wrote_it_is_not_offered_the_approval_and_is_refused_it()
    {
        var sample = await Sample.MakeAsync(app);
        var admin = await app.VisitAs("admin");
        var bonus = (await admin.Submit(New, New, [.. Fields(sample.Product), ("do", "save")])).Location!;
        await admin.Submit(bonus, $"{bonus}/submit");

        var page = await admin.Open(bonus);
        Assert.Null(page.Document.QuerySelector($"form[action='{bonus}/approve']"));
        Assert.NotNull(page.Document.QuerySelector($"form[action='{bonus}/withdraw']"));
        Assert.Contains("由你编写或提交，不能由你审批", (await admin.Post($"{bonus}/approve", page.Token)).Words, StringComparison.Ordinal);
    }
}

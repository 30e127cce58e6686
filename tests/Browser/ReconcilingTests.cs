using System.Text;
using System.Text.RegularExpressions;
using HaoSuan.Catalog;

namespace HaoSuan.Tests.Browser;

/// <summary>Finance reconciles an upstream's sheet, from the file to the last decision.</summary>
public sealed class ReconcilingTests(Chrome chrome, Installation installation)
{
    public static TheoryData<Size> Sizes => new(Size.Phone, Size.Desk);

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Finance_uploads_a_sheet_checks_how_it_was_read_and_decides(Size size)
    {
        var upstream = $"对账上游 {size.Name}";
        await Add(new($"recon-{size.Name}".ToLowerInvariant(), upstream, "sandbox"));
        await using var screen = await chrome.OpenAsync(size, installation.Address);
        await screen.SignIn("Finance");

        await screen.Open("/office/reconciliation/new");
        await screen.Page.GetByLabel("上游").First.SelectOptionAsync(upstream);
        await screen.Fill("账期", "2026-03");
        await screen.Page.GetByLabel("结算表").SetInputFilesAsync(new FilePayload { Name = "三月.csv", MimeType = "text/csv", Buffer = File(size) });
        await screen.Press("上传并预览");
        await screen.Sees("按表头自动识别");
        await screen.Check($"draft {size.Name}");

        await screen.Press("读得对，开始核对");
        await screen.Sees("勾稽相符");
        await screen.Check($"sheet {size.Name}");

        await screen.Page.GetByLabel($"HS{size.Name}1".ToUpperInvariant()).CheckAsync();
        await screen.Press("挂账");
        await screen.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "挂账" }).ClickAsync();
        await screen.Sees("多结：挂账 1 条");
        await screen.Page.GetByText("本类全部未处理的 1 笔").ClickAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "确认", Exact = true }).ClickAsync();
        await screen.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "确认" }).ClickAsync();
        await screen.Sees("多结：确认 1 条");
        await screen.Sees("已结清");
        await screen.Arrive(new Regex("/office/reconciliation/"));
    }

    private static byte[] File(Size size) =>
        Encoding.UTF8.GetBytes($"渠道订单号,佣金,状态\nHS{size.Name}1,120.00,正常\nHS{size.Name}2,80.50,正常\n合计,200.50,\n");

    private async Task Add(NewUpstream upstream)
    {
        var tenant = await installation.Services.GetRequiredService<Tenants>().FindAsync("demo");
        await using var scope = installation.Services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant!);
        Assert.False((await scope.ServiceProvider.GetRequiredService<AddUpstream>().RunAsync(upstream)).IsRefused);
    }
}

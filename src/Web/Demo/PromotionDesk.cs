using HaoSuan.Distributors;

namespace HaoSuan.Web.Demo;

/// <summary>Promotion rules that some have accepted, approved texts, and one that waits for a second person.</summary>
internal sealed class PromotionDesk(Scene scene)
{
    private const string Rules = """
        一、只用素材库里已批准的文案和海报，不自行改动资费、流量、合约期。
        二、不作虚假承诺：不说“永久”“无限”“官方内部”，首充、合约、限速等条件要说清楚。
        三、不返现、不送钱物引导办卡，不替消费者实名或保管身份证件。
        四、不二次包装：不改产品名称、不加价转卖、不冒充运营商客服。
        五、违反的，停止使用素材；情节严重的冻结账号，已批准的扣回照常执行。
        """;

    private static readonly (string? Product, string Title, string Text, string Points)[] Approved =
    [
        (null, "渠道说明", "本店号卡由运营商正规渠道提供，须本人实名办理，资费和办理条件以办理页面为准：{链接}", "正规渠道，本人实名"),
        ("LTWP29", "沃派29元 · 朋友圈", """
            联通沃派，月租 29 元：103G 通用流量 + 100 分钟通话。
            首充 50 元激活，快递到家，本人实名。
            办理：{链接}
            """, "103G 通用流量\n100 分钟国内通话\n首充 50 元激活\n快递到家，本人实名"),
        ("GDSS39", "升腾39元 · 流量大户", "广电升腾 39 元：192G 全国通用流量，200 分钟通话，激活即享，没有定向限制。点 {链接} 办理。",
            "192G 全国通用流量\n200 分钟通话\n激活即享"),
    ];

    public async Task Fill(IReadOnlyList<Listed> offers, IReadOnlyList<Seller> sellers)
    {
        await scene.Do<PromotionRules, int>(r => r.PublishAsync(Rules));
        var present = (await scene.Call<PromotionRules, TextVersion?>(r => r.PresentAsync()))!;      // published above
        foreach (var seller in new[] { sellers[0], sellers[5] }) await scene.Do<PromotionRules, Done>(r => r.AcceptAsync(seller.Id, present.Sha256));
        foreach (var (product, title, text, points) in Approved)
        {
            var id = await Submit(offers, product, title, text, points);
            await scene.Do<Materials, Done>(m => m.ApproveAsync(id), "demo-approver");
        }
        await Submit(offers, "YDHK19", "花卡19元 · 学生", "移动花卡 19 元：80G 通用 + 30G 视频流量，激活即享。{链接}", "80G 通用 + 30G 视频\n月租 19 元");
    }

    private async Task<Guid> Submit(IReadOnlyList<Listed> offers, string? product, string title, string text, string points)
    {
        var of = offers.FirstOrDefault(o => o.Offer.Product.Code == product)?.Id;
        var id = await scene.Do<Materials, Guid>(m => m.DraftAsync(new(of, title, text, points)));
        await scene.Do<Materials, Done>(m => m.SubmitAsync(id));
        return id;
    }
}

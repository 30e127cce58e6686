using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Inventory;
using HaoSuan.Payouts;
using HaoSuan.Settling;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Web.Demo;

/// <summary>Somebody who sells.</summary>
/// <param name="Weight">How often consumers order here.</param>
internal sealed record Seller(DistributorId Id, DistributorId? ParentId, string Code, string Name, int Weight);

/// <summary>An offer as it stands in the catalog.</summary>
internal sealed record Listed(Offer Offer, ProductId Id);

/// <summary>Founds the operator: upstreams, products with schemes, forty distributors with rates, stock and numbers.</summary>
internal sealed class Network(Scene scene)
{
    public const Role LastRole = Role.Operations;

    private const string Warehouse = "广州仓";
    private const string OtherWarehouse = "成都仓";
    private const int Tops = 8;
    private const int Children = 4;

    private static readonly string[] TopNames =
        ["深圳讯达通信", "杭州优卡网络", "成都蜀信科技", "郑州中原数码", "武汉楚天通信", "长沙星城传媒", "西安秦卡科技", "厦门鹭岛电商"];

    private static readonly string[] ShopNames = ["校园营业点", "社区便利站", "抖音直播间", "地推小分队"];

    public async Task<(IReadOnlyList<Listed> Offers, IReadOnlyList<Seller> Sellers)> Found(int orders)
    {
        var offers = await AddOffers();
        await Stock(offers, orders);
        return (offers, await AddSellers(offers));
    }

    /// <summary>Come for the last days, so that there is something in their inboxes.</summary>
    public async Task AddUsers(IReadOnlyList<Seller> sellers)
    {
        foreach (var (seller, name) in new[] { (sellers[0], SignIns.Top), (sellers[1], SignIns.Second) })
            await scene.Do<Users, UserId>(u => u.CreateAsync(name, SignIns.Password, Role.Distributor, seller.Id));
        foreach (var role in new[] { Role.Admin, Role.Finance }) await AddUser(role);
    }

    /// <summary>Comes last of all: a demonstration is whole when its last user is there.</summary>
    public Task AddLastUser() => AddUser(LastRole);

    /// <summary>One is going to have another parent, and one is frozen.</summary>
    public async Task Rearrange(IReadOnlyList<Seller> sellers)
    {
        var (last, other) = (sellers[^1], sellers.First(s => s.Code == "D07"));
        var next = scene.Zone.StartOf(Month.Of(scene.Zone.DateOf(scene.Now)).First.AddMonths(1));
        await scene.Do<MoveDistributor, Done>(t => t.RunAsync(new(last.Id, other.Id, "门店迁到西安，归当地管理", next)));
        await scene.Do<Freeze, Done>(f => f.RunAsync(new(sellers[^2].Id, "客户投诉夸大宣传，核实中")));
    }

    /// <summary>One has applied to join, one was invited, and one may not; some have their papers in order.</summary>
    public async Task InviteNewcomers(IReadOnlyList<Seller> sellers)
    {
        await scene.Do<Contracts, int>(c => c.PublishAsync(Contract));
        var applied = await scene.Do<Invite, string>(i => i.RunAsync(sellers[0].Id, new(8_000), 7));
        await scene.Do<Invite, string>(i => i.RunAsync(null, new(9_000), 14));
        var contract = (await scene.Call<Contracts, TextVersion?>(c => c.PresentAsync()))!;
        var digits = "44030519920816" + scene.Dice.Digits(3);
        await scene.Do<Apply, Done>(a => a.RunAsync(applied, new()
        {
            Name = "深圳南山营业点",
            Person = "林晓东",
            IdNumber = digits + CitizenId.CheckOf(digits),
            Phone = "139" + scene.Dice.Digits(8),
            SignIn = "nanshan",
            Password = SignIns.Password,
            Contract = contract.Sha256,
            Accept = "true",
        }));
        var today = scene.Zone.DateOf(scene.Now);
        var upstreams = await scene.Call<Products, IReadOnlyList<Upstream>>(p => p.UpstreamsAsync());
        foreach (var (seller, last) in new[] { (sellers[0], today.AddDays(300)), (sellers[1], today.AddDays(12)), (sellers[5], today.AddDays(200)) })
        {
            await scene.Do<Contracts, Done>(c => c.AcceptAsync(seller.Id, contract.Sha256));
            foreach (var upstream in upstreams)
            {
                await scene.Do<Authorisations, Guid>(a => a.RecordAsync(new(
                    seller.Id, upstream.Id, $"SQ-2026-{seller.Code}", "线上推广介绍，不得办理入网", today.AddDays(-60), last)));
            }
        }
        await scene.Do<Blacklist, Guid>(b => b.AddAsync(SecretKind.Phone, "137" + scene.Dice.Digits(8), "倒卖电话卡，被原平台清退", "通报 2026-031"));
    }

    private const string Contract = """
        一、乙方在甲方平台推广号卡，只做介绍，不收集、不留存消费者的身份证件。
        二、乙方入驻不需要支付任何费用，甲方不以发展人员的数量计付报酬。
        三、佣金按约定的费率，在号卡激活并满足条件后结算；不符合条件或被扣回的，明细中写明原因。
        四、不得虚假宣传、承诺返现、二次包装；不得买卖、出租、出借电话卡。违反的，甲方可以冻结账号。
        五、乙方应配合实名核验；消费者的个人信息只用于办理订单。
        """;

    private Task<UserId> AddUser(Role role) => scene.Do<Users, UserId>(u => u.CreateAsync(role.ToString(), SignIns.Password, role));

    private async Task<IReadOnlyList<Listed>> AddOffers()
    {
        var upstreams = new Dictionary<string, UpstreamId>(StringComparer.Ordinal);
        foreach (var (key, name) in Offers.Upstreams)
            upstreams[key] = await scene.Do<AddUpstream, UpstreamId>(u => u.RunAsync(new(key, name, key)));
        List<Listed> listed = [];
        foreach (var offer in Offers.All)
        {
            var id = await scene.Do<AddProduct, ProductId>(p => p.RunAsync(offer.Product with { UpstreamId = upstreams[offer.Upstream] }));
            await Publish(id, offer.Scheme);
            await scene.Do<PutOnSale, Done>(s => s.RunAsync(id, true));
            listed.Add(new(offer, id));
        }
        var bonus = await scene.Do<DraftBonus, string>(b => b.RunAsync(Offers.VolumeBonus, Month.Of(scene.Zone.DateOf(scene.Now))));
        await scene.Do<SubmitBonus, Done>(b => b.RunAsync(bonus, 1));
        await scene.Do<DecideBonus, Done>(b => b.ApproveAsync(bonus, 1), "demo-approver");
        return listed;
    }

    /// <summary>One writes the scheme, another one approves it.</summary>
    private async Task Publish(ProductId product, string scheme)
    {
        var version = await scene.Do<DraftScheme, int>(d => d.RunAsync(product, scheme));
        await scene.Do<SubmitScheme, Done>(s => s.RunAsync(product, version));
        await scene.Do<DecideScheme, Done>(d => d.ApproveAsync(product, version), "demo-approver");
    }

    private async Task Stock(IReadOnlyList<Listed> offers, int orders)
    {
        foreach (var name in new[] { Warehouse, OtherWarehouse }) await scene.Do<Warehouses, Done>(w => w.OpenAsync(name));
        foreach (var (offer, product) in offers.Where(o => o.Offer.FromStock))
        {
            var cards = Enumerable.Range(0, (orders * offer.Weight / 80) + 30).Select(_ => "898601" + scene.Dice.Digits(14)).Distinct().ToList();
            await scene.Do<ReceiveCards, Received>(r => r.RunAsync(product, Warehouse, CardLine.Of(cards)));
            if (offer.Weight == offers.Max(o => o.Offer.Weight)) await SendSome(cards);
        }
        var picks = offers.First(o => o.Offer.Product.PicksNumber).Id;
        await scene.Do<ImportNumbers, Received>(n => n.RunAsync(picks, string.Join('\n', NumbersWithPrices((orders / 10) + 120))));
        const string Note = "合约期内不能降低套餐档位，不能携号转网；过户后合约期重新计算";
        foreach (var (pattern, terms) in new (NumberPattern, NumberTerms)[]
        {
            (NumberPattern.AAAA, new(new(500_00), new(100_00), new(500_00), 60, Note)),
            (NumberPattern.ABCD, new(new(300_00), new(58_00), new(200_00), 36, Note)),
            (NumberPattern.AABB, new(new(100_00), new(38_00), Money.Zero, 24, Note)),
            (NumberPattern.AAA, new(new(80_00), new(29_00), Money.Zero, 24, "")),
            (NumberPattern.ABAB, new(new(50_00), Money.Zero, Money.Zero, 0, "")),
        })
        {
            await scene.Do<NumberRules, NumberRule>(r => r.SetAsync(new(pattern, picks), null, terms));
        }
    }

    /// <summary>Some go to the other warehouse, and two of them have not arrived.</summary>
    private async Task SendSome(List<string> cards)
    {
        var transfer = await scene.Do<SendCards, Guid>(s => s.RunAsync(Warehouse, OtherWarehouse, "德邦 DPK20260118", CardLine.Of(cards.Take(20))));
        await scene.Do<SettleTransfer, int>(s => s.ArriveAsync(transfer, CardLine.Of(cards.Take(18))));
    }

    private IEnumerable<string> NumbersWithPrices(int count)
    {
        string[] tails = ["8888", "6666", "1688", "5200", "9988", "6789", "1314", "0520", "7777"];
        int[] prices = [800, 600, 100, 50, 120, 300, 200, 80, 500];
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (known.Count < count)
        {
            var tail = scene.Dice.Chance(30) ? scene.Dice.Below(tails.Length) : -1;
            var number = tail < 0 ? "186" + scene.Dice.Digits(8) : "186" + scene.Dice.Digits(4) + tails[tail];
            if (known.Add(number)) yield return tail < 0 ? number : $"{number},{prices[tail]}.00";
        }
    }

    private async Task<IReadOnlyList<Seller>> AddSellers(IReadOnlyList<Listed> offers)
    {
        List<Seller> sellers = [];
        for (var top = 0; top < Tops; top++)
        {
            var parent = await AddSeller(null, $"D{top + 1:00}", TopNames[top], offers);
            sellers.Add(parent);
            for (var child = 0; child < Children; child++)
                sellers.Add(await AddSeller(parent, $"{parent.Code}{child + 1:00}", TopNames[top][..2] + ShopNames[child], offers));
        }
        return sellers;
    }

    private async Task<Seller> AddSeller(Seller? parent, string code, string name, IReadOnlyList<Listed> offers)
    {
        var id = await scene.Do<AddDistributor, DistributorId>(d => d.RunAsync(new(code, name, parent?.Id)));
        // One branch's second level earns as much as its first: there the bonus among peers is paid.
        var isPeer = code.StartsWith("D03", StringComparison.Ordinal);
        foreach (var (offer, product) in offers)
        {
            foreach (var terms in offer.Rates)
            {
                var value = parent is null || isPeer ? terms.Top : terms.Child;
                var rate = terms.IsShare ? Rate.Share(new(value)) : Rate.Amount(new(value));
                await scene.Do<SetRate, Done>(r => r.RunAsync(new(id, product, terms.Stage, rate)));
            }
        }
        await scene.Do<CreateInvitation, Invitation>(i => i.RunAsync(id));
        var byAlipay = scene.Dice.Chance(60);
        var account = byAlipay ? $"{code.ToLowerInvariant()}@example.com" : "62270" + scene.Dice.Digits(14);
        var method = code.EndsWith("03", StringComparison.Ordinal) ? PayoutMethod.WeChat : byAlipay ? PayoutMethod.Alipay : PayoutMethod.Bank;
        if (method == PayoutMethod.WeChat) await scene.Do<BindWallet, Done>(b => b.RunAsync(id, new($"oDemo{code}")));
        await scene.Do<SetPayoutAccount, Done>(a => a.RunAsync(id, method, name, account));
        return new(id, parent?.Id, code, name, parent is null ? 2 : 1 + scene.Dice.Below(4));
    }
}

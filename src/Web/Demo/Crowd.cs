using System.Globalization;
using HaoSuan.Orders;

namespace HaoSuan.Web.Demo;

/// <summary>Consumers that nobody is: names, ID numbers with the right check character, phones and addresses.</summary>
internal sealed class Crowd(Dice dice)
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾";
    private const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰飞鹏浩宇欣怡晨雨婷梓涵子轩嘉琪俊思远若";
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private static readonly (string Code, string City, string[] Districts)[] Places =
    [
        ("44", "广州市", ["天河区", "白云区", "番禺区"]), ("44", "深圳市", ["龙岗区", "宝安区", "南山区"]), ("44", "东莞市", ["南城街道", "虎门镇"]),
        ("33", "杭州市", ["余杭区", "西湖区"]), ("33", "金华市", ["义乌市", "婺城区"]), ("32", "苏州市", ["吴中区", "昆山市"]),
        ("51", "成都市", ["武侯区", "双流区"]), ("41", "郑州市", ["金水区", "中原区"]), ("42", "武汉市", ["洪山区", "江汉区"]),
        ("43", "长沙市", ["岳麓区", "雨花区"]), ("37", "青岛市", ["市北区", "黄岛区"]), ("13", "石家庄市", ["裕华区", "长安区"]),
        ("61", "西安市", ["雁塔区", "未央区"]), ("35", "厦门市", ["湖里区", "集美区"]), ("50", "重庆市", ["渝北区", "沙坪坝区"]),
        ("31", "上海市", ["浦东新区", "闵行区"]), ("34", "合肥市", ["蜀山区", "包河区"]), ("45", "南宁市", ["青秀区", "西乡塘区"]),
    ];

    private static readonly string[] Streets = ["人民路", "建设大道", "科技园路", "文昌街", "兴业路", "和平里", "学府路", "滨江东路", "长安街", "新华路"];
    private static readonly string[] Homes = ["阳光花园", "锦绣家园", "万科城", "碧桂园", "书香苑", "金域华府", "翠湖小区", "职工宿舍"];

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public OrderForm Next(string? number, string? channel)
    {
        var place = dice.Of(Places);
        return new()
        {
            Name = Name(),
            IdNumber = IdNumber(place.Code),
            Phone = Phone(),
            Province = place.Code,
            City = place.City,
            District = dice.Of(place.Districts),
            Address = Address(),
            Declaration = "true",
            Consent = "true",
            Number = number,
            Channel = channel,
        };
    }

    public string Name() => Surnames[dice.Below(Surnames.Length)] + Given[dice.Below(Given.Length)].ToString()
        + (dice.Chance(65) ? Given[dice.Below(Given.Length)] : "");

    public string Phone() => "1" + dice.Of(["35", "36", "38", "50", "58", "76", "86", "87", "91"]) + dice.Digits(8);

    private string Address() => $"{dice.Of(Streets)}{dice.Below(300) + 1}号{dice.Of(Homes)}{dice.Below(20) + 1}栋{dice.Below(30) + 1}0{dice.Below(8) + 1}室";

    private string IdNumber(string province)
    {
        while (true)
        {
            var born = new DateOnly(1965, 1, 1).AddDays(dice.Below(40 * 365)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            var digits = $"{province}010{dice.Below(6) + 1}{born}{dice.Digits(3)}";
            var sum = Weights.Index().Sum(w => w.Item * (digits[w.Index] - '0'));
            if (_known.Add(digits)) return digits + CheckCharacters[sum % 11];
        }
    }
}

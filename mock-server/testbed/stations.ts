import type { Station } from '../issuer/places.ts';

const station = (
  id: string,
  [zh, en]: [string, string],
  [cityId, cityZh, cityEn]: [string, string, string],
  [latitude, longitude]: [number, number],
  [windowZh, windowEn]: [string, string],
): Station => ({
  id,
  name: { zh, en },
  city: { id: cityId, zh: cityZh, en: cityEn },
  latitude,
  longitude,
  window: { zh: windowZh, en: windowEn },
  hours: '06:00–23:00',
});

/**
 * Main stations at about their real places. The windows' positions and hours are mock data: the
 * real ones are not known here, and every answer says so.
 */
export const stations: readonly Station[] = [
  station(
    'beijing-south',
    ['北京南站', 'Beijing South'],
    ['beijing', '北京市', 'Beijing'],
    [39.865, 116.379],
    ['北进站口旁', 'beside the north entrance'],
  ),
  station(
    'beijing-west',
    ['北京西站', 'Beijing West'],
    ['beijing', '北京市', 'Beijing'],
    [39.895, 116.322],
    ['北广场售票厅内', 'in the north ticket hall'],
  ),
  station(
    'tianjin',
    ['天津站', 'Tianjin'],
    ['tianjin', '天津市', 'Tianjin'],
    [39.136, 117.21],
    ['南进站口旁', 'beside the south entrance'],
  ),
  station(
    'jinan-west',
    ['济南西站', 'Jinan West'],
    ['jinan', '济南市', 'Jinan'],
    [36.668, 116.892],
    ['一层售票厅内', 'in the ticket hall, floor 1'],
  ),
  station(
    'nanjing-south',
    ['南京南站', 'Nanjing South'],
    ['nanjing', '南京市', 'Nanjing'],
    [31.969, 118.798],
    ['东进站口旁', 'beside the east entrance'],
  ),
  station(
    'shanghai-hongqiao',
    ['上海虹桥站', 'Shanghai Hongqiao'],
    ['shanghai', '上海市', 'Shanghai'],
    [31.194, 121.32],
    ['南进站口旁', 'beside the south entrance'],
  ),
  station(
    'hangzhou-east',
    ['杭州东站', 'Hangzhou East'],
    ['hangzhou', '杭州市', 'Hangzhou'],
    [30.291, 120.213],
    ['西进站口旁', 'beside the west entrance'],
  ),
  station(
    'wuhan',
    ['武汉站', 'Wuhan'],
    ['wuhan', '武汉市', 'Wuhan'],
    [30.607, 114.424],
    ['一层售票厅内', 'in the ticket hall, floor 1'],
  ),
  station(
    'zhengzhou-east',
    ['郑州东站', 'Zhengzhou East'],
    ['zhengzhou', '郑州市', 'Zhengzhou'],
    [34.759, 113.773],
    ['西进站口旁', 'beside the west entrance'],
  ),
  station(
    'xian-north',
    ['西安北站', "Xi'an North"],
    ['xian', '西安市', "Xi'an"],
    [34.376, 108.938],
    ['南进站口旁', 'beside the south entrance'],
  ),
  station(
    'chengdu-east',
    ['成都东站', 'Chengdu East'],
    ['chengdu', '成都市', 'Chengdu'],
    [30.629, 104.141],
    ['东进站口旁', 'beside the east entrance'],
  ),
  station(
    'chongqing-north',
    ['重庆北站', 'Chongqing North'],
    ['chongqing', '重庆市', 'Chongqing'],
    [29.609, 106.551],
    ['北广场售票厅内', 'in the north ticket hall'],
  ),
  station(
    'changsha-south',
    ['长沙南站', 'Changsha South'],
    ['changsha', '长沙市', 'Changsha'],
    [28.147, 113.065],
    ['东进站口旁', 'beside the east entrance'],
  ),
  station(
    'guangzhou-south',
    ['广州南站', 'Guangzhou South'],
    ['guangzhou', '广州市', 'Guangzhou'],
    [22.989, 113.269],
    ['东进站口旁', 'beside the east entrance'],
  ),
  station(
    'shenzhen-north',
    ['深圳北站', 'Shenzhen North'],
    ['shenzhen', '深圳市', 'Shenzhen'],
    [22.61, 114.029],
    ['东广场售票厅内', 'in the east ticket hall'],
  ),
];

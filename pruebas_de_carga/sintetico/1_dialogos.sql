-- Diálogos, temas, preguntas y mesas inventados. `:dialogos` de ellos, repartidos entre
-- las 16 regiones y los años desde 2000; en cada uno, los cinco temas y sus dos mesas.
insert into dialogos
select
    'sintetico-' || lpad(cast(i as varchar), 4, '0'),
    'Sintético ' || lpad(cast(i as varchar), 4, '0'),
    'Ningún servicio: datos sintéticos',
    r.region_id,
    null,
    null,
    2000 + (i // 16) % 25,
    null,
    null,
    'parcial',
    'Inventada para medir.',
    null,
    true
from range($dialogos) as t (i)
inner join regiones as r on r.orden = 1 + i % 16;

insert into temas_dialogo
select d.dialogo_id || '-' || t.tema_id, d.dialogo_id, t.tema_id, t.tema_id, t.nombre, t.nombre
from dialogos as d
cross join temas as t
where starts_with(d.dialogo_id, 'sintetico-');

insert into preguntas
select
    td.tema_dialogo_id || '-p' || p.orden,
    td.tema_dialogo_id,
    p.orden,
    'Pregunta inventada ' || p.orden || ' del tema ' || td.numero,
    'sintetica-' || td.numero || '-' || p.orden,
    1
from temas_dialogo as td
cross join range(1, 4) as p (orden)
where starts_with(td.dialogo_id, 'sintetico-');

insert into mesas
select td.tema_dialogo_id || '-' || l.letra, td.tema_dialogo_id, l.letra, 8, 'propio'
from temas_dialogo as td
cross join (values ('A'), ('B')) as l (letra)
where starts_with(td.dialogo_id, 'sintetico-');

insert into mesas_grupos
select
    m.mesa_id || '-' || g.grupo_id,
    m.tema_dialogo_id,
    m.mesa_id,
    g.grupo_id,
    g.nombre
from mesas as m
cross join grupos as g
where starts_with(m.mesa_id, 'sintetico-') and azar(m.mesa_id, g.grupo_id, $semilla) < 1 / 3;

insert into documentos
select 'acta-' || mesa_id, 'Acta sintética de ' || mesa_id, 'acta', sha256(mesa_id), null, null
from mesas
where starts_with(mesa_id, 'sintetico-');

insert into actas
select mesa_id, 'digital', 'acta-' || mesa_id
from mesas
where starts_with(mesa_id, 'sintetico-');

insert into codificadores
values ('sintetico', 'regla', 'Códigos al azar, con la frecuencia de Zipf, para medir.');

-- Tabla ancha para leer: un enunciado por fila, con los códigos que se cuentan.
-- Se deriva entera de las tablas normalizadas, que son la verdad. Un código se llama como
-- en la última versión publicada que lo tiene; el que ya no rige lo dice en su nombre.
create or replace table lectura_enunciados as
with versiones as (
    select
        l.libro_id,
        row_number() over (
            order by v.publicado desc nulls last, l.fecha desc, l.libro_id desc
        ) as lugar
    from libros as l
    left join libros_versiones as v using (libro_id)
    where v.libro_id is null or v.publicado is not null
),

nombres as (
    select
        k.faceta,
        k.codigo,
        case
            when v.lugar = 1 then k.nombre
            else concat(k.nombre, ' (', k.codigo, ', código retirado)')
        end as nombre,
        k.orden,
        row_number() over (partition by k.faceta, k.codigo order by v.lugar) as cual
    from codigos as k
    inner join versiones as v using (libro_id)
),

principales as (
    select
        c.enunciado_id,
        max(case when c.faceta = 'naturaleza' then c.codigo end) as naturaleza,
        max(case when c.faceta = 'naturaleza' then k.nombre end) as naturaleza_nombre,
        max(case when c.faceta = 'naturaleza' then k.orden end) as naturaleza_orden,
        max(case when c.faceta = 'tipo' then c.codigo end) as tipo,
        max(case when c.faceta = 'tipo' then k.nombre end) as tipo_nombre,
        max(case when c.faceta = 'tipo' then k.orden end) as tipo_orden,
        max(case when c.faceta = 'recurso' then c.codigo end) as recurso,
        max(case when c.faceta = 'recurso' then k.nombre end) as recurso_nombre,
        max(l.nombre) as libro,
        max(q.clase) as codificado_por
    from codificaciones as c
    inner join nombres as k
        on c.faceta = k.faceta and c.codigo = k.codigo and k.cual = 1
    inner join libros as l using (libro_id)
    inner join codificadores as q using (codificador_id)
    where c.es_principal
    group by c.enunciado_id
    -- Lo que nadie codificó todavía no se cuenta; se dice cuánto es.
    having
        count(*) filter (where c.faceta = 'naturaleza') > 0
        and count(*) filter (where c.faceta = 'tipo') > 0
),

lugares as (
    select
        enunciado_id,
        min(d.clase) as clase,
        min(seccion) as seccion,
        min(parrafo) as parrafo,
        string_agg(
            concat(primer_caracter, ' a ', ultimo_caracter), ' y ' order by cita_id
        ) as caracteres
    from citas
    inner join documentos as d using (documento_id)
    group by enunciado_id
),

tratados as (
    select
        ei.enunciado_id,
        string_agg(i.nombre, '; ' order by strip_accents(lower(i.nombre)))
            as instrumentos,
        string_agg(i.instrumento_id, chr(31) order by i.instrumento_id) as tratados
    from enunciados_instrumentos as ei
    inner join instrumentos as i using (instrumento_id)
    where ei.es_principal
    group by ei.enunciado_id
),

-- Lo dicho por una mesa, con los grupos de ella y los de su tema; lo del tema, con todos.
convocados as (
    select
        g.tema_dialogo_id,
        g.mesa_id,
        string_agg(g.grupo_id, chr(31) order by g.grupo_id) as convocatoria
    from (
        select distinct
            m.tema_dialogo_id,
            m.mesa_id,
            mg.grupo_id
        from mesas as m
        inner join mesas_grupos as mg using (tema_dialogo_id)
        where mg.mesa_id is null or mg.mesa_id = m.mesa_id
        union
        select distinct
            tema_dialogo_id,
            null as mesa_id,
            grupo_id
        from mesas_grupos
    ) as g
    group by g.tema_dialogo_id, g.mesa_id
)

select
    row_number() over (
        order by r.orden, d.anio, d.dialogo_id, td.numero, e.orden
    ) as posicion,
    e.enunciado_id,
    d.dialogo_id,
    d.nombre as dialogo,
    r.region_id,
    r.nombre as region,
    r.orden as region_orden,
    d.anio,
    d.es_ficticio,
    td.tema_dialogo_id,
    td.tema_id,
    n.nombre as tema_canonico,
    td.numero as tema_numero,
    td.nombre as tema,
    e.nivel_atribucion,
    e.mesa_id,
    case e.nivel_atribucion
        when 'mesa' then m.letra
        when 'tema' then 'conjunto'
        else 'plenario'
    end as mesa,
    e.pregunta_id,
    q.texto as pregunta,
    coalesce(q.clave, q.pregunta_id) as pregunta_clave,
    e.orden,
    e.texto,
    strip_accents(lower(e.texto)) as texto_busqueda,
    e.certeza,
    case e.certeza when 'alta' then 1 when 'media' then 2 else 3 end as certeza_orden,
    e.reitera_a,
    p.naturaleza,
    p.naturaleza_nombre,
    p.naturaleza_orden,
    p.tipo,
    p.tipo_nombre,
    p.tipo_orden,
    p.recurso,
    p.recurso_nombre,
    p.libro,
    p.codificado_por,
    v.convocatoria,
    t.tratados,
    t.instrumentos,
    strip_accents(lower(t.instrumentos)) as instrumentos_orden,
    l.seccion,
    l.parrafo,
    concat(
        case when l.clase = 'acta' then 'Acta, ' else 'Sección ' end,
        l.seccion, ', tema ', td.numero, ', párrafo ', l.parrafo,
        ', caracteres ', l.caracteres
    ) as lugar,
    -- Se suman, y así se cuenta igual aquí y en lectura_recuentos.
    1 as enunciados,
    case when e.reitera_a is null then 0 else 1 end as reiterados
from enunciados as e
inner join temas_dialogo as td using (tema_dialogo_id)
inner join temas as n using (tema_id)
inner join dialogos as d using (dialogo_id)
inner join regiones as r using (region_id)
inner join principales as p using (enunciado_id)
inner join lugares as l using (enunciado_id)
left join convocados as v
    on
        e.tema_dialogo_id = v.tema_dialogo_id
        and e.mesa_id is not distinct from v.mesa_id
left join mesas as m on e.mesa_id = m.mesa_id
left join preguntas as q on e.pregunta_id = q.pregunta_id
left join tratados as t on e.enunciado_id = t.enunciado_id
where e.enunciado_id not in (select x.enunciado_id from retirados as x)
order by posicion;
